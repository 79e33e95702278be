import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command, Option } from 'commander';
import type * as z from 'zod';
import { AuditEntry, ExportQuery } from '../../contract/audit.ts';
import { viewEntry } from '../features/audit/view.ts';
import { systemActor } from '../platform/auth/actor.ts';
import { verifyCommand } from './audit-verify.ts';
import { checked } from './given.ts';
import { CommandFailure, type Terminal } from './terminal.ts';
import { withFeatures } from './workplace.ts';

type Options = z.input<typeof ExportQuery> & { readonly output: string; readonly json?: true };

export function auditCommand(terminal: Terminal): Command {
  return new Command('audit')
    .description('What was done and denied: exported, and proven to be as it was written.')
    .addCommand(exportCommand(terminal))
    .addCommand(verifyCommand(terminal));
}

function exportCommand(terminal: Terminal): Command {
  return new Command('export')
    .description('Writes the entries that fit to a file, the oldest first.')
    .requiredOption('--output <file>', 'where to; what is there already stays')
    .addOption(oneOf('--format <format>', 'how', ['csv', 'ndjson']).default('csv'))
    .option('--actor <actor>', 'what this account, `anonymous` or `system:…` did')
    .option('--acting-for <id>', 'what was done as this account by somebody else')
    .option('--target-type <type>', 'what was done to things of this type')
    .option('--target-id <id>', 'what was done to this')
    .option('--operation <operation>', 'this operation or command')
    .addOption(oneOf('--result <result>', 'what came of it', AuditEntry.shape.result.options))
    .addOption(oneOf('--safety <flag>', 'marked so or not', ['true', 'false']))
    .addOption(oneOf('--compliance <flag>', 'marked so or not', ['true', 'false']))
    .option('--from <instant>', 'at this instant (2026-11-21T00:00:00Z) or later')
    .option('--before <instant>', 'before this instant')
    .option('--json', 'write the result as JSON')
    .action(async ({ output, json, ...query }: Options) => {
      // What the API would take, and as it would read it.
      const wanted = checked(ExportQuery, query);
      const actor = systemActor('charter audit export');
      const bar = terminal.progress('entries');
      const entries = await withFeatures(terminal, 'audit export', async ({ audit }) => {
        let entries = 0;
        const { content } = await audit.exports.begin(actor, wanted, viewEntry, (sofar) => {
          bar.at(sofar);
          entries = sofar;
        });
        await writeNew(output, content);
        return entries;
      }).finally(() => bar.end());
      const result = JSON.stringify({ ok: true, entries, file: output });
      terminal.out(json ? result : `${entries} entries are in ${output}.`);
    });
}

function oneOf(flags: string, description: string, choices: readonly string[]): Option {
  return new Option(flags, description).choices(choices);
}

/** For its owner's eyes. A file that is there already is not touched; half of one does not stay. */
async function writeNew(path: string, content: AsyncIterable<Uint8Array>): Promise<void> {
  const file = createWriteStream(path, { flags: 'wx', mode: 0o600 });
  let isOurs = false;
  file.once('open', () => {
    isOurs = true;
  });
  try {
    await pipeline(Readable.from(content), file);
  } catch (error) {
    if (isOurs) await rm(path, { force: true });
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new CommandFailure(`${path} is there already.`);
    if (syscall === 'open') throw new CommandFailure(`${path} cannot be written (${code}).`);
    throw error;
  }
}
