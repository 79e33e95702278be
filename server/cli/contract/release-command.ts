import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { regenerate } from '../../development/run-script.ts';
import { CommandFailure, type Terminal } from '../terminal.ts';
import { changelogFile, writeChangelog } from './changelog.ts';
import { compare } from './compare.ts';
import { changelogAt } from './notes.ts';
import { assertReleasable, type Release, released } from './release.ts';
import { publishedDocument, readOwn, releasedDocument, releasedSchema } from './sides.ts';
import { summary } from './verdict.ts';

interface Options {
  readonly dryRun?: true;
  readonly json?: true;
}

export function releaseCommand(terminal: Terminal, root: string): Command {
  return new Command('release')
    .description('Releases the contract as it stands: what comes later is compared with it.')
    .argument('<version>', 'the next one, such as 1.2.0')
    .option('--dry-run', 'write nothing, say what would be written')
    .option('--json', 'write the result as JSON')
    .action(async (version: string, { dryRun, json }: Options) => {
      const release = { version, date: new Date().toISOString().slice(0, 10) };
      const verdict = await compare(root, undefined, undefined);
      const changelog = await changelogAt(root);
      assertReleasable(release, changelog, verdict);
      const text = writeChangelog(released(changelog, release, verdict?.changes ?? []));
      const files = await filesOf(root, release, text);
      if (!dryRun) await write(root, files, terminal);
      const written = [...files.keys()];
      if (json)
        terminal.out(JSON.stringify({ ok: true, ...release, dryRun: dryRun === true, written }));
      else {
        const found = verdict ? `: ${summary(verdict)}` : ', the first';
        terminal.out(`${dryRun ? 'Would release' : 'Released'} ${version}${found}.`);
        for (const file of written) terminal.out(`  ${file}`);
        if (!dryRun) terminal.out('Read them, commit them, and tag the commit.');
      }
    });
}

const nameOfVersion = /(apiVersion: ')[^']*(')/;
const jsonVersion = /("version": ")[^"]*(")/;

/** File → text: everything that tells the version of the contract, and what is compared from now on. */
async function filesOf(root: string, { version }: Release, changelog: string) {
  const { document, schema } = await readOwn(root);
  const told = document as { info: object };
  const versioned = { ...told, info: { ...told.info, version } };
  const files = new Map([
    [releasedDocument, `${JSON.stringify(versioned, null, 2)}\n`],
    [changelogFile, changelog],
    ['contract/service.ts', await replaced(root, 'contract/service.ts', nameOfVersion, version)],
    ['client/package.json', await replaced(root, 'client/package.json', jsonVersion, version)],
  ]);
  if (schema !== undefined) files.set(releasedSchema, schema);
  return files;
}

async function replaced(root: string, file: string, place: RegExp, version: string) {
  const text = await readFile(join(root, file), 'utf8');
  if (!place.test(text)) throw new CommandFailure(`${file} does not say its version.`);
  return text.replace(place, `$1${version}$2`);
}

async function write(root: string, files: ReadonlyMap<string, string>, terminal: Terminal) {
  for (const [file, text] of files) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
  // A folder of the sources alone: its document follows elsewhere.
  if (!existsSync(join(root, publishedDocument))) return;
  terminal.err(`Writing ${publishedDocument} and the client …`);
  await regenerate(root);
}
