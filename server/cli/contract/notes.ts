import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { CommandFailure, type Terminal } from '../terminal.ts';
import { changelogFile, notesOf, readChangelog } from './changelog.ts';

export function notesCommand(terminal: Terminal, root: string): Command {
  return new Command('notes')
    .description(
      'Writes what the changelog of the contract says of a release, for whoever reads of it.',
    )
    .argument('[version]', 'the newest when left out')
    .option('--json', 'write them as JSON')
    .action(async (version: string | undefined, { json }: { json?: true }) => {
      const changelog = await changelogAt(root);
      const newest = version ?? changelog.entries[0]?.version;
      if (newest === undefined) throw new CommandFailure('Nothing has been released yet.');
      const notes = notesOf(changelog, newest);
      terminal.out(json ? JSON.stringify({ ok: true, version: newest, notes }) : notes);
    });
}

export async function changelogAt(root: string) {
  const text = await readFile(join(root, changelogFile), 'utf8').catch((error: Error) => {
    throw new CommandFailure(`${changelogFile} cannot be read: ${error.message}`);
  });
  return readChangelog(text);
}
