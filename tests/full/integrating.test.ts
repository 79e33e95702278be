import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { root } from '../client/compile.ts';
import { useApp } from '../kit/app.ts';
import { createPerson } from '../kit/callers.ts';
import { document } from '../kit/document.ts';

const app = useApp();
const page = readFileSync(join(root, 'docs/integrating.md'), 'utf8');
const script = [...page.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, text]) => text).join('\n');

it('every command of docs/integrating.md prints what stands behind it', async () => {
  const { email, password } = await createPerson(app, { roles: ['admin'] });
  const { stdout } = await promisify(execFile)(
    'bash',
    ['--norc', '-euo', 'pipefail', '-c', script.replaceAll('http://localhost:3000', app.url)],
    { env: { PATH: process.env['PATH'], EMAIL: email, PASSWORD: password } },
  );
  const said = stdout.trimEnd().split('\n');
  const promised = [...script.matchAll(/^# → (.*)$/gm)].map(([, line = '']) => line);
  expect(promised.length).toBeGreaterThan(20);
  expect(said.map((line, at) => (fits(line, promised[at] ?? '') ? promised[at] : line))).toEqual(
    promised,
  );
});

/** `…` stands for whatever differs each time. */
function fits(line: string, promised: string): boolean {
  const parts = promised.split('…').map((part) => RegExp.escape(part));
  return new RegExp(`^${parts.join('.+')}$`).test(line);
}

it('docs/integrating.md explains each extension of the document, and no other', () => {
  const rows = [...page.matchAll(/^\| (`x-.*?) \|/gm)].flatMap(([, names = '']) =>
    [...names.matchAll(/`(x-[\w-]+)`/g)].map(([, name = '']) => name),
  );
  // What no operation of ours declares at the moment.
  const unused = ['x-deprecated', 'x-idempotency-key'];
  const used = new Set(JSON.stringify(document).match(/(?<=")x-[\w-]+(?=":)/g));
  expect(rows.toSorted()).toEqual([...new Set([...used, ...unused])].toSorted());
});
