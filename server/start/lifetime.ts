// One gesture may arrive as several signals; only a later one means "now".
export const gestureMs = 2_000;

/** The life of the process: it begins in steps, and ends by undoing them, whenever that is. */
export class Lifetime {
  readonly #ending = new AbortController();
  readonly #undoing: (() => Promise<void> | undefined)[] = [];
  #beginning: Promise<void> = Promise.resolve();
  #endingSince: number | undefined;

  /** Aborts when the process is told to end. */
  get signal(): AbortSignal {
    return this.#ending.signal;
  }

  /** In reverse order of starting. */
  onEnd(step: () => Promise<void> | undefined): void {
    this.#undoing.push(step);
  }

  /** @throws what the start throws, unless it was told to end meanwhile. */
  async begin(start: () => Promise<void>): Promise<void> {
    this.#beginning = start();
    try {
      await this.#beginning;
    } catch (error) {
      if (!this.signal.aborted) throw error;
    }
  }

  /** For a step that leaves nothing to undo: the end does not wait for it. */
  unlessEnding<Result>(step: Promise<Result>): Promise<Result> {
    const { signal } = this;
    return new Promise((resolve, reject) => {
      const stop = () => reject(signal.reason);
      if (signal.aborted) stop();
      signal.addEventListener('abort', stop, { once: true });
      step.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
    });
  }

  endOnSignals(): void {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => this.end(0));
    }
    // The launcher keeps a channel open: when it is killed, nobody is left to forward a signal.
    process.on('disconnect', () => this.end(0));
    if (process.send && !process.connected) this.end(0);
    // A closed terminal must not end the process before it has stopped.
    process.stdout.on('error', () => {});
    process.stderr.on('error', () => {});
  }

  /** Ends the process in order; called again later, at once. */
  end(exitCode: number): void {
    if (this.#endingSince !== undefined) {
      if (performance.now() - this.#endingSince > gestureMs) process.exit(1);
      return;
    }
    this.#endingSince = performance.now();
    this.#ending.abort();
    void this.#undo().then((isWhole) => process.exit(isWhole ? exitCode : 1));
  }

  /** Waits for a start that is broken off: until it has ended, it may add steps to undo. */
  async #undo(): Promise<boolean> {
    await this.#beginning.catch(() => {});
    let isWhole = true;
    for (const step of this.#undoing.reverse()) {
      try {
        await step();
      } catch (error) {
        isWhole = false;
        process.stderr.write(`${messagesOf(error).join('\n')}\n`);
      }
    }
    return isWhole;
  }
}

/** One message for each failure: several parts may fail to close at once. */
function messagesOf(error: unknown): string[] {
  if (!(error instanceof SuppressedError)) return [(error as Error).message];
  return [...messagesOf(error.suppressed), ...messagesOf(error.error)];
}
