import { type DestinationStream, pino } from 'pino';

export interface LogDestinations {
  /** Written at once. */
  readonly log: DestinationStream;
  /** The lines of requests may wait a moment: one write for many of them. */
  readonly access: DestinationStream;
}

/** How much waits at most, whatever the time: Linux writes so much to a pipe in one piece. */
const batchBytes = 4_096;

/**
 * Standard output. Lines of requests are collected for `batchMs` (0: not at all). Whatever else is
 * said goes out at once and takes them along, so that the order stays. Writes are synchronous: a
 * reader that is slow slows us down, and loses nothing.
 */
export function standardOutput({ batchMs }: { batchMs: number }): LogDestinations {
  const stdout = pino.destination({
    dest: 1,
    sync: true,
    minLength: batchMs === 0 ? 0 : batchBytes,
    periodicFlush: batchMs,
  });
  // Whoever read the log is gone. Requests are served all the same.
  stdout.on('error', () => {});
  // Not flushSync, which tries for ever to write to a reader that is gone.
  if (batchMs > 0) process.once('exit', () => stdout.flush());
  const atOnce = (line: string): void => {
    stdout.write(line);
    stdout.flush();
  };
  return { log: { write: atOnce }, access: stdout };
}
