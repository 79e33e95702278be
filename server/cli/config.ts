import { Command } from 'commander';
import { readConfig, readEarlyConfig } from '../config/config.ts';
import { type Env, environment, isProduction } from '../config/environment.ts';
import { type ShownSetting, shownSettings } from '../config/shown.ts';
import { describeFailure } from '../start/failure.ts';
import { CommandFailure, type Terminal } from './terminal.ts';
import { secretsUnlessEnding } from './workplace.ts';

interface Options {
  readonly given?: true;
  readonly json?: true;
}

export function configCommand(terminal: Terminal): Command {
  const show = new Command('show')
    .description('Shows each setting with its value and where that comes from; never a secret.')
    .option('--given', 'only what somebody has set')
    .option('--json', 'write the result as JSON')
    .action((options: Options) => showConfig(terminal, options));
  return new Command('config').description('How this service is set up.').addCommand(show);
}

async function showConfig(terminal: Terminal, { given: only, json }: Options): Promise<void> {
  const given = environment();
  const { env, failure } = await filled(given);
  const settings = shownSettings(given, env, isProduction(env)).filter(
    ({ source }) => !only || (source !== 'default' && source !== null),
  );
  if (!json) for (const setting of settings) terminal.out(line(setting));
  // Shown all the same: whoever looks for a mistake needs it most.
  if (failure !== undefined) throw new CommandFailure(failure, { settings });
  if (json) terminal.out(JSON.stringify({ ok: true, settings }));
}

/** What a start would read, and what would keep it from going on. */
async function filled(given: Env): Promise<{ env: Env; failure?: string }> {
  let env = given;
  try {
    const secrets = await secretsUnlessEnding();
    await secrets.vault?.close();
    env = secrets.env;
    // What development makes up is made later.
    if (isProduction(env)) readConfig({}, env);
    else readEarlyConfig(env);
    return { env };
  } catch (error) {
    return { env, failure: describeFailure(error) };
  }
}

function line({ name, value, source, file }: ShownSetting): string {
  const from = source === null ? 'not set' : source === 'vault' ? 'Vault' : source;
  const place = file === undefined ? from : `${from} ${file}`;
  return `${name.padEnd(36)} ${place.padEnd(12)} ${value ?? ''}`.trimEnd();
}
