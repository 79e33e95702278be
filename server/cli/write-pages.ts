import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pagesFolder, pagesOf } from './pages.ts';
import { createProgram } from './program.ts';
import { terminal } from './terminal.ts';

const folder = join(import.meta.dirname, '../..', pagesFolder);
const pages = pagesOf(createProgram(terminal()));

await mkdir(folder, { recursive: true });
for (const [name, text] of pages) await writeFile(join(folder, name), text);
for (const name of await readdir(folder)) {
  if (!pages.has(name)) await rm(join(folder, name));
}
