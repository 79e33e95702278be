import { Command } from 'commander';
import type { Broken, Head, Verified } from '../features/audit/verify.ts';
import { verify } from '../features/audit/verify.ts';
import { assertMigrated } from '../start/prepare.ts';
import { CommandFailure, type Terminal } from './terminal.ts';
import { withPlatform } from './workplace.ts';

interface Options {
  readonly head?: string;
  readonly json?: true;
}

/** It looks only: an entry of its own would have to be sealed before it is proven. */
export function verifyCommand(terminal: Terminal): Command {
  return new Command('verify')
    .description('Proves that entries are as they were sealed, or names the first that is not.')
    .option('--head <number:hash>', 'the last seal as it was noted before: it must still be there')
    .option('--json', 'write the result as JSON')
    .action(async ({ head, json }: Options) => {
      const known = head === undefined ? undefined : headOf(head);
      const bar = terminal.progress('entries');
      const found = await withPlatform(terminal, 'audit verify', async (platform) => {
        await assertMigrated(platform);
        return verify(platform.db, { known, onSeal: (entries) => bar.at(entries) });
      }).finally(() => bar.end());
      if (found.broken) throw new CommandFailure(sentenceOf(found.broken), found);
      if (json) return terminal.out(JSON.stringify({ ok: true, ...found }));
      for (const line of linesOf(found)) terminal.out(line);
    });
}

function headOf(text: string): Head {
  const [, number, hash] = /^(\d{1,9}):([0-9a-f]{64})$/.exec(text) ?? [];
  if (!number || !hash) throw new CommandFailure('--head takes what this command writes: 12:9f86…');
  return { number: Number(number), hash };
}

function sentenceOf({ seal, entry, what }: Broken): string {
  if (entry !== undefined) {
    return what === 'added'
      ? `Entry ${entry} was added to what seal ${seal} holds.`
      : `Entry ${entry} of seal ${seal} is ${what}.`;
  }
  if (what === 'unknown') return `Seal ${seal} has a format that this release does not know.`;
  return what === 'unlinked'
    ? `Seal ${seal} does not go on from the one before.`
    : `Seal ${seal} is ${what}.`;
}

function linesOf({ seals, entries, retainedThrough, head, unsealed }: Verified): string[] {
  const retained = retainedThrough && [
    `Entries up to seal ${retainedThrough.number} (${retainedThrough.sealedAt.toISOString()}) are gone by retention.`,
  ];
  return [
    `${entries} entries in ${seals} seals are as they were sealed.`,
    ...(retained ?? []),
    ...(unsealed > 0 ? [`${unsealed} more are not sealed yet.`] : []),
    ...(head ? [`The last seal is ${head.number}:${head.hash}`] : []),
  ];
}
