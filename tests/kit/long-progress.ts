import { openSync, writeSync } from 'node:fs';

/** How far something is: on one line of the terminal, or a line for each tenth where there is none. */
export interface LongProgress {
  at(done: number, detail?: string): void;
  /** A line that stays. */
  end(text: string): void;
}

/** vitest has the standard output of its workers: the terminal itself is asked for. */
function openTerminal(): number | undefined {
  try {
    return openSync('/dev/tty', 'w');
  } catch {
    return undefined;
  }
}

export function longProgress(what: string, all: number): LongProgress {
  const terminal = openTerminal();
  const startedAt = performance.now();
  let lastTenth = 0;
  const lineOf = (done: number, detail: string) => {
    const seconds = (performance.now() - startedAt) / 1_000;
    const left = done > 0 ? Math.round((seconds / done) * (all - done)) : 0;
    return `${what}: ${done} of ${all}, ${left} s left${detail && `, ${detail}`}`;
  };
  return {
    at: (done, detail = '') => {
      if (terminal !== undefined)
        return void writeSync(terminal, `\r\x1b[K${lineOf(done, detail)}`);
      const tenth = Math.floor((done * 10) / all);
      if (tenth > lastTenth) process.stdout.write(`${lineOf(done, detail)}\n`);
      lastTenth = tenth;
    },
    end: (text) => {
      if (terminal !== undefined) writeSync(terminal, '\r\x1b[K');
      process.stdout.write(`${what}: ${text}\n`);
    },
  };
}
