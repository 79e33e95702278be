import { writeFile } from 'node:fs/promises';
import { CommandFailure, type Terminal } from '../terminal.ts';
import { loadAccounts } from './accounts.ts';
import { comparisonOf } from './comparison.ts';
import { type LoadOptions, orderOf } from './order.ts';
import { pageOf } from './page.ts';
import { runLoad } from './run.ts';
import { readRun, type StoredRun } from './run-file.ts';
import { assertReachable, assertWanted, targetOf } from './target.ts';
import { lines, shareOf } from './tell.ts';

/** `charter load`: everything that can be wrong is found before the first request. */
export async function load(terminal: Terminal, options: LoadOptions): Promise<void> {
  const url = targetOf(options.url);
  const order = orderOf(options);
  const accounts = await loadAccounts(options.accounts);
  const before = options.compare === undefined ? undefined : await readRun(options.compare);
  await assertWanted(terminal, url, options.yes ?? false);
  await assertReachable(url);
  const run = await runLoad({ url, order, accounts, terminal });
  await written(options.out, () => `${JSON.stringify(run, null, 2)}\n`);
  await written(options.page, () => pageOf(run, before));
  const comparison = before && comparisonOf(run, before);
  if (!options.json) for (const line of lines(run, comparison)) terminal.out(line);
  assertGood(run, order.maxFailureShare, { run, ...(comparison && { comparison }) });
  if (options.json)
    terminal.out(JSON.stringify({ ok: true, run, ...(comparison && { comparison }) }));
}

async function written(file: string | undefined, text: () => string): Promise<void> {
  if (file === undefined) return;
  await writeFile(file, text()).catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailure(`${file} cannot be written (${error.code}).`);
  });
}

function assertGood(run: StoredRun, maxShare: number, details: object): void {
  const { due, good } = run;
  if (due === 0) throw new CommandFailure('Nothing was due in that time: give it longer.', details);
  const share = (due - good) / due;
  if (share <= maxShare) return;
  throw new CommandFailure(
    `${shareOf(share)} of the answers were not good: more than --max-failures ${shareOf(maxShare)}.`,
    details,
  );
}
