import { Command } from 'commander';
import { systemActor } from '../platform/auth/actor.ts';
import { CommandFailure, type Terminal } from './terminal.ts';
import { withFeatures } from './workplace.ts';

interface Options {
  readonly publishSeconds: string;
  readonly json?: true;
}

// Twice the time for which others may keep the key set (`max-age` of the key list).
const publishSeconds = '600';

export function keysCommand(terminal: Terminal): Command {
  const rotate = new Command('rotate')
    .description(
      'Makes a new signing key: published at once, signing later, the old one retired last.',
    )
    .option('--publish-seconds <n>', 'how long it is published before it signs', publishSeconds)
    .option('--json', 'write the result as JSON')
    .action((options: Options) => rotateKeys(terminal, options));
  return new Command('keys').description('Keys that sign access tokens.').addCommand(rotate);
}

async function rotateKeys(terminal: Terminal, options: Options): Promise<void> {
  if (!/^\d{1,6}$/.test(options.publishSeconds)) {
    throw new CommandFailure('--publish-seconds takes a whole number of seconds.');
  }
  const actor = systemActor('charter keys rotate');
  const rotation = await withFeatures(terminal, 'keys rotate', ({ signingKeys }) =>
    signingKeys.service.rotate(actor, Number(options.publishSeconds)),
  );
  if (options.json) return terminal.out(JSON.stringify({ ok: true, ...rotation }));
  terminal.out(`Published the key ${rotation.kid}.`);
  terminal.out(`It signs from ${rotation.signsFrom.toISOString()}.`);
  terminal.out(`The keys before it verify until ${rotation.oldRetireAt.toISOString()}.`);
}
