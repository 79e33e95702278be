import { Command } from 'commander';
import { wholeNumber } from './given.ts';
import { originOf } from './service-address.ts';
import { smokeCredentials } from './smoke-credentials.ts';
import { type Outcome, runChecks, untilReady } from './smoke-run.ts';
import { CommandFailure, type Terminal } from './terminal.ts';

const home = 'SMOKE_IDENTIFIER and SMOKE_PASSWORD';

interface Options {
  readonly credentials?: string;
  readonly timeoutSeconds: string;
  readonly waitSeconds: string;
  readonly anyRelease?: true;
  readonly json?: true;
}

export function smokeCommand(terminal: Terminal): Command {
  return new Command('smoke')
    .description(
      'Looks whether a running service works, and changes nothing there. With SMOKE_IDENTIFIER and SMOKE_PASSWORD it signs in, too, and out again.',
    )
    .argument('<url>', 'where the service is, as https://api.example.com')
    .option(
      '--credentials <file>',
      'who signs in: the identifier in one line, the password in the next',
    )
    .option('--timeout-seconds <n>', 'how long each answer may take', '10')
    .option('--wait-seconds <n>', 'how long to wait before, until it is ready', '0')
    .option('--any-release', 'its document may be that of another release')
    .option('--json', 'write the result as JSON')
    .action((url: string, options: Options) => smoke(terminal, originOf(url, home), options));
}

async function smoke(terminal: Terminal, url: string, options: Options): Promise<void> {
  const { credentials: file, anyRelease = false, json } = options;
  const timeoutMs = 1000 * atLeastOne(wholeNumber('--timeout-seconds', options.timeoutSeconds));
  const credentials = smokeCredentials(file);
  // No other command calls a service.
  const { bearer, createClient } = await import('../../client/index.ts');
  const { smokeChecks } = await import('./smoke-checks.ts');
  const stranger = createClient({ baseUrl: url, timeoutMs });
  const guest = createClient({ baseUrl: url, timeoutMs, credentials: bearer() });
  const visit = { url, timeoutMs, stranger, guest, credentials, anyRelease };
  await untilReady(visit, 1000 * (wholeNumber('--wait-seconds', options.waitSeconds) ?? 0));
  const outcomes = await runChecks(smokeChecks, visit, (outcome) => {
    if (!json) terminal.out(line(outcome));
  });
  const failed = outcomes.filter(({ result }) => result === 'failed').length;
  if (failed > 0) {
    const which = failed === 1 ? 'One check has' : `${failed} checks have`;
    throw new CommandFailure(`${which} failed at ${url}.`, { url, checks: outcomes });
  }
  if (json) terminal.out(JSON.stringify({ ok: true, url, checks: outcomes }));
}

function atLeastOne(seconds: number | undefined): number {
  if (seconds) return seconds;
  throw new CommandFailure('--timeout-seconds takes 1 or more.');
}

const marks = { ok: '✓', failed: '✗', skipped: '-' };

function line({ name, result, detail, ms }: Outcome): string {
  return `${marks[result]} ${name.padEnd(14)} ${result.padEnd(7)} ${String(ms).padStart(6)} ms  ${detail}`;
}
