import { expect, it } from 'vitest';
import { openProgress } from '../../server/cli/progress.ts';

function screenOf(isTTY: boolean, columns = 60) {
  const written: string[] = [];
  return { isTTY, columns, written, write: (text: string) => written.push(text) };
}

it('moves a bar where a person looks, and takes it away', () => {
  const screen = screenOf(true);
  let ms = 0;
  const bar = openProgress(screen, 'accounts', 10, () => ms);
  for (let done = 1; done <= 10; done += 1) {
    ms += 60;
    bar.at(done, 'ada');
  }
  bar.end();
  const lines = screen.written.map((text) => text.replace('\r\x1b[K', ''));
  expect(lines.at(0)).toBe('[##----------------------] accounts: 1 of 10, 1 s left, ada');
  // Not for each of them: a screen is slow.
  expect(lines).toHaveLength(7);
  expect(lines.at(-2)).toBe('[########################] accounts: 10 of 10, ada');
  expect(lines.at(-1)).toBe('');
});

it('never wraps', () => {
  const screen = screenOf(true, 20);
  openProgress(screen, 'accounts', 10, () => 0).at(1);
  expect(screen.written).toEqual(['\r\x1b[K[##----------------']);
});

it('says a line every ten seconds where nobody looks, and nothing of what is short', () => {
  const screen = screenOf(false);
  let ms = 0;
  const bar = openProgress(screen, 'entries', undefined, () => ms);
  bar.at(1);
  ms = 9_000;
  bar.at(50_000);
  ms = 10_000;
  bar.at(60_000);
  ms = 15_000;
  bar.at(90_000);
  bar.end();
  expect(screen.written).toEqual(['entries: 60000\n']);
});
