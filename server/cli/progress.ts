/** How far long work is. */
export interface Progress {
  /** @param detail what is in hand. */
  at(done: number, detail?: string): void;
  /** Takes the bar away: what came of the work is said by whoever has done it. */
  end(): void;
}

export interface Screen {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
  write(text: string): unknown;
}

const barWidth = 24;
const redrawMs = 100;
const sayMs = 10_000;

/** A bar that moves where a person looks; elsewhere, such as in a log, a line now and then. */
export function openProgress(
  screen: Screen,
  what: string,
  total?: number,
  now: () => number = () => performance.now(),
): Progress {
  const isLive = screen.isTTY === true;
  const everyMs = isLive ? redrawMs : sayMs;
  const startedAt = now();
  // The first look is at once on a screen; a log hears of what lasts.
  let shownAt = isLive ? -Infinity : startedAt;
  return {
    at: (done, detail) => {
      const isLast = isLive && done === total;
      if (now() - shownAt < everyMs && !isLast) return;
      shownAt = now();
      const text = textOf(what, done, { total, detail, seconds: (shownAt - startedAt) / 1000 });
      if (!isLive) return void screen.write(`${text}\n`);
      const bar = total === undefined ? '' : `${barOf(done / Math.max(total, 1))} `;
      // A line that wraps could not be taken back.
      screen.write(`\r\x1b[K${`${bar}${text}`.slice(0, (screen.columns ?? 80) - 1)}`);
    },
    end: () => {
      if (isLive) screen.write('\r\x1b[K');
    },
  };
}

interface Position {
  readonly total: number | undefined;
  readonly detail: string | undefined;
  readonly seconds: number;
}

function textOf(what: string, done: number, { total, detail, seconds }: Position): string {
  const parts = [total === undefined ? `${what}: ${done}` : `${what}: ${done} of ${total}`];
  if (total !== undefined && done > 0 && done < total) {
    parts.push(`${Math.ceil((seconds / done) * (total - done))} s left`);
  }
  if (detail !== undefined) parts.push(detail);
  return parts.join(', ');
}

function barOf(share: number): string {
  const full = Math.round(Math.min(share, 1) * barWidth);
  return `[${'#'.repeat(full)}${'-'.repeat(barWidth - full)}]`;
}
