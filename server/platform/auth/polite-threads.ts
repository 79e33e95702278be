import { readdirSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';

/** The lowest: only what nobody else wants. */
const niceness = 19;

/**
 * Lowers the priority of the threads that hash, so that they take what the event loop leaves: a
 * storm of sign-ins must not make all other requests wait for a slice of the processor. Linux only,
 * where a thread has a priority of its own (setpriority(2)); elsewhere nothing happens.
 */
export function makeWorkersPolite(): void {
  if (process.platform !== 'linux') return;
  try {
    for (const id of readdirSync('/proc/self/task')) {
      const name = readFileSync(`/proc/self/task/${id}/comm`, 'utf8').trim();
      if (name === 'libuv-worker') setPriority(Number(id), niceness);
    }
  } catch {
    // No /proc, or a sandbox that forbids it: all threads are equal, as before.
  }
}
