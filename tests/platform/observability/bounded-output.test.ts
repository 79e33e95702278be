import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { BoundedOutput } from '../../../server/platform/observability/bounded-output.ts';

/** A reader at the other end: it takes so much, and no more until it is told. */
function readBy({ batchMs = 0, limitBytes = 1_000 } = {}) {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  let text = '';
  let room = Number.POSITIVE_INFINITY;
  let refusal = 'EAGAIN';
  let asked = 0;
  const write = (chunk: string | Buffer) => {
    asked += 1;
    const taken = Buffer.from(chunk as string).subarray(0, room);
    if (taken.length === 0) throw Object.assign(new Error(refusal), { code: refusal });
    text += taken.toString('latin1');
    room -= taken.length;
    return taken.length;
  };
  const output: BoundedOutput = new BoundedOutput({
    write,
    batchMs,
    limitBytes,
    onReturn: (dropped) => output.add(`${dropped} missing\n`),
  });
  return {
    output,
    /** What has arrived. */
    lines: () => Buffer.from(text, 'latin1').toString().split('\n').slice(0, -1),
    /** How many bytes it takes from now on before it refuses. */
    takes: (bytes: number) => {
      room = bytes;
      refusal = 'EAGAIN';
    },
    fails: (code: string) => {
      room = 0;
      refusal = code;
    },
    /** How often somebody tried to write. */
    asked: () => asked,
  };
}

/** So many lines of 100 bytes, numbered. */
function say(output: BoundedOutput, count: number, from = 0): string[] {
  const lines = Array.from({ length: count }, (_, at) => String(from + at).padStart(99, '.'));
  for (const line of lines) output.add(`${line}\n`);
  return lines;
}

describe('the output', () => {
  it('collects lines for a while, and writes them together', () => {
    const { output, lines, asked } = readBy({ batchMs: 50 });
    const said = say(output, 3);
    expect(lines()).toEqual([]);
    vi.advanceTimersByTime(50);
    expect(lines()).toEqual(said);
    expect(asked()).toBe(1);
  });

  it('does not wait for more than a pipe takes in one piece', () => {
    const { output, lines } = readBy({ batchMs: 50, limitBytes: 100_000 });
    say(output, 41);
    expect(lines()).toHaveLength(41);
  });

  it('keeps what a slow reader does not take at once, and every byte of it in order', () => {
    const { output, lines, takes } = readBy();
    takes(150);
    const said = say(output, 9).concat('ümlaut €');
    output.add('ümlaut €\n');
    expect(lines()).toHaveLength(1);
    for (let bytes = 0; bytes < 1_000; bytes += 7) {
      takes(7);
      vi.advanceTimersByTime(10);
    }
    expect(lines()).toEqual(said);
    expect(output.dropped).toBe(0);
  });

  it('drops what comes when too much waits, and says how much when all that waited is read', () => {
    const { output, lines, takes } = readBy();
    takes(0);
    const said = say(output, 30);
    expect(output.dropped).toBe(20);
    takes(500);
    vi.advanceTimersByTime(10);
    say(output, 1, 30);
    takes(Number.POSITIVE_INFINITY);
    vi.advanceTimersByTime(10);
    const after = say(output, 1, 31);
    expect(lines()).toEqual([...said.slice(0, 10), '21 missing', ...after]);
    expect(output.dropped).toBe(21);
  });

  it('drops a line that is larger than all that may wait, and goes on', () => {
    const { output, lines } = readBy({ batchMs: 50 });
    output.add(`${'x'.repeat(1_000)}\n`);
    vi.advanceTimersByTime(50);
    const said = say(output, 1);
    vi.advanceTimersByTime(50);
    expect(lines()).toEqual(['1 missing', ...said]);
  });

  it('asks a stuck reader now and then, not for every line', () => {
    const { output, takes, asked } = readBy({ batchMs: 50, limitBytes: 100_000 });
    takes(0);
    say(output, 5_000);
    expect(asked()).toBeLessThan(30);
  });

  it('asks a reader that is gone hardly ever, and goes on when it is back', () => {
    const { output, lines, fails, takes, asked } = readBy();
    fails('EPIPE');
    const said = say(output, 1);
    vi.advanceTimersByTime(10_000);
    expect(asked()).toBeLessThanOrEqual(11);
    takes(Number.POSITIVE_INFINITY);
    vi.advanceTimersByTime(1_000);
    expect(lines()).toEqual(said);
  });

  it('waits at the end for a reader that reads', () => {
    const { output, lines, takes } = readBy({ batchMs: 50 });
    takes(0);
    const said = say(output, 20);
    takes(Number.POSITIVE_INFINITY);
    output.finish(60_000);
    expect(lines()).toEqual([...said.slice(0, 10), '10 missing']);
  });

  it('does not wait at the end for one that is gone, or any longer than it was told', () => {
    const { output, fails, takes, asked } = readBy();
    fails('EPIPE');
    say(output, 1);
    output.finish(60_000);
    takes(0);
    vi.useRealTimers();
    output.finish(30);
    expect(asked()).toBeGreaterThan(2);
  });
});
