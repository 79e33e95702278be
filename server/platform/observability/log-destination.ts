import { constants, fstatSync, openSync, writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import type { DestinationStream } from 'pino';
import { BoundedOutput } from './bounded-output.ts';

export interface LogDestinations {
  /** Written at once. */
  readonly log: DestinationStream;
  /** The lines of requests may wait a moment: one write for many of them. */
  readonly access: DestinationStream;
  /** How many lines were dropped so far, because nobody read them. */
  readonly droppedLines: () => number;
}

export interface OutputOptions {
  /** How long the lines of requests are collected; 0 writes each at once. */
  readonly batchMs?: number;
  /** How much may wait for the reader before lines are dropped. */
  readonly limitBytes?: number;
  /** Turns a line of JSON into one for people. */
  readonly print?: (line: string) => string;
  /** Called when the reader is back, if lines were dropped meanwhile. */
  readonly onReturn: (dropped: number) => void;
}

/** How long a process that ends waits for a reader that has not taken everything yet. */
const exitLimitMs = 2_000;

/**
 * Standard output. Lines of requests are collected for `batchMs`. Whatever else is said goes out at
 * once and takes them along, so that the order stays. Only the end of the process waits for a
 * reader, and not for long.
 */
export function standardOutput(options: OutputOptions): LogDestinations {
  const { batchMs = 0, limitBytes = 1_048_576, print = asIs, onReturn } = options;
  const fd = openWithoutWaiting();
  const write = (chunk: string | Buffer) => writeSync(fd, chunk as string);
  const output = new BoundedOutput({ write, batchMs, limitBytes, onReturn });
  process.once('exit', () => output.finish(exitLimitMs));
  const collect = (line: string): void => output.add(print(line));
  const atOnce = (line: string): void => {
    collect(line);
    output.flush();
  };
  return {
    log: { write: atOnce },
    access: { write: collect },
    droppedLines: () => output.dropped,
  };
}

function asIs(line: string): string {
  return line;
}

/**
 * A descriptor of standard output that refuses instead of waiting. Pipes and terminals are opened
 * anew, because the ordinary descriptor shares that mode with every program that has inherited it:
 * one of them can turn it off.
 */
function openWithoutWaiting(): number {
  // Opening Node's own stream is enough for a socket, and for a pipe that cannot be opened anew.
  process.stdout.on('error', () => {});
  if (!fstatSync(1).isFIFO() && !isatty(1)) return 1;
  try {
    const { O_WRONLY, O_NONBLOCK, O_NOCTTY } = constants;
    return openSync('/proc/self/fd/1', O_WRONLY | O_NONBLOCK | O_NOCTTY);
  } catch {
    return 1;
  }
}
