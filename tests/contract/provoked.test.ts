import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { excused } from '../kit/excused.ts';
import { declaredAnswers, unprovoked } from '../kit/provoked.ts';

/** What two workers have seen. */
function unprovokedBy(...workers: string[][]): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'charter-answers-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [at, answers] of workers.entries()) {
    writeFileSync(join(folder, String(at)), `${answers.join('\n')}\n`);
  }
  return unprovoked(folder);
}

const all = declaredAnswers().filter((answer) => !(answer in excused));

it('finds nothing to say of a run that has seen every declared answer', () => {
  expect(unprovokedBy(all.slice(0, 40), all.slice(30))).toEqual([]);
});

it('names an operation and the answer that nothing provoked', () => {
  const seen = all.filter((answer) => answer !== 'usersUpdate last_administrator');
  expect(unprovokedBy(seen)).toEqual(['usersUpdate last_administrator']);
});

it('names an excuse for what was seen all the same', () => {
  const [needless = ''] = Object.keys(excused);
  expect(unprovokedBy([...all, needless])).toEqual([`${needless}, which needs no excuse any more`]);
});
