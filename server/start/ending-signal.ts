import { gestureMs } from './lifetime.ts';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

export interface Ending extends Disposable {
  /** Aborts when the process is told to end; its reason is the name of the signal. */
  readonly signal: AbortSignal;
}

/** Listens for signals to end in order; one that comes later ends the process at once. */
export function endingSignal(): Ending {
  const ending = new AbortController();
  let since: number | undefined;
  const onSignal = (name: NodeJS.Signals) => {
    if (since !== undefined && performance.now() - since > gestureMs) process.exit(1);
    since ??= performance.now();
    ending.abort(name);
  };
  for (const signal of signals) process.on(signal, onSignal);
  return {
    signal: ending.signal,
    [Symbol.dispose]: () => {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
}
