import { orAborted } from './or-aborted.ts';
import type { Signal } from './platform.ts';

/** Waits, unless the signal aborts: then it rejects with its reason, and leaves no timer behind. */
export function pause(ms: number, signal: Signal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout>;
  const passed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  return orAborted(passed, signal).finally(() => clearTimeout(timer));
}
