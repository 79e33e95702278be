import type { Signal } from './platform.ts';

/** What several calls wait for: one of them may give up, and does not end it for the others. */
export function orAborted<Value>(promise: Promise<Value>, signal?: Signal): Promise<Value> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort);
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
