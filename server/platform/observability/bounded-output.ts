export interface BoundedOutputOptions {
  /**
   * Writes what fits at once and answers how many bytes that were; throws EAGAIN where nothing fits.
   * It must not wait: whoever logs would wait with it, and that is everybody.
   */
  readonly write: (chunk: string | Buffer) => number;
  /** How long lines are collected; 0 writes each at once. */
  readonly batchMs: number;
  /** How much may wait for the reader. */
  readonly limitBytes: number;
  /** Called once everything that waited has been taken, if lines were dropped meanwhile. */
  readonly onReturn: (dropped: number) => void;
}

/** How much is collected at most, whatever the time: Linux writes so much to a pipe in one piece. */
const batchBytes = 4_096;
/**
 * When to try again. A pipe holds 64 KiB: asked so often, a reader that keeps up takes more than a
 * process can say. One that is gone hardly ever comes back.
 */
const retryMs = { busy: 10, broken: 1_000 };
type Refusal = keyof typeof retryMs;

/**
 * Lines on their way to a reader that may be slow, stuck or gone. Nobody waits for it: what it does
 * not take waits here, up to a limit. Then lines are dropped and counted until all that waits has
 * been taken, so that a gap is one piece, and is reported once.
 */
export class BoundedOutput {
  readonly #options: BoundedOutputOptions;
  readonly #chunks: (string | Buffer)[] = [];
  #batch = '';
  #batchSize = 0;
  #waitingBytes = 0;
  #timer: NodeJS.Timeout | undefined;
  #gap = 0;
  #dropped = 0;

  constructor(options: BoundedOutputOptions) {
    this.#options = options;
  }

  /** How many lines were dropped so far. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Takes a line along: it leaves with the next batch. */
  add(line: string): void {
    const size = Buffer.byteLength(line);
    const { limitBytes, batchMs } = this.#options;
    if (this.#gap > 0 || this.#waitingBytes + size > limitBytes) {
      this.#gap += 1;
      this.#dropped += 1;
    } else {
      this.#batch += line;
      this.#batchSize += size;
      this.#waitingBytes += size;
    }
    if (this.#batchSize >= batchBytes || (batchMs === 0 && this.#gap === 0)) this.flush();
    else this.#timer ??= this.#flushIn(batchMs);
  }

  /** Writes what waits, as far as the reader takes it. Answers why not, when it does not. */
  flush(): Refusal | undefined {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const refusal = this.#writeAll();
    if (!refusal) return this.#gap > 0 ? this.#endGap() : undefined;
    this.#timer = this.#flushIn(retryMs[refusal]);
    return refusal;
  }

  /**
   * Holds everything up until the reader has taken what waits, but no longer than this. For the end
   * of the process, where nothing else is left to do.
   */
  finish(limitMs: number): void {
    const end = performance.now() + limitMs;
    const cell = new Int32Array(new SharedArrayBuffer(4));
    while (this.flush() === 'busy' && performance.now() < end) {
      Atomics.wait(cell, 0, 0, retryMs.busy);
    }
  }

  #writeAll(): Refusal | undefined {
    if (this.#batch !== '') this.#chunks.push(this.#batch);
    this.#batch = '';
    this.#batchSize = 0;
    for (let chunk = this.#chunks[0]; chunk !== undefined; chunk = this.#chunks[0]) {
      try {
        this.#take(chunk, this.#options.write(chunk));
      } catch (error) {
        return (error as NodeJS.ErrnoException).code === 'EAGAIN' ? 'busy' : 'broken';
      }
    }
    return undefined;
  }

  #take(chunk: string | Buffer, written: number): void {
    this.#waitingBytes -= written;
    if (written === Buffer.byteLength(chunk)) this.#chunks.shift();
    else this.#chunks[0] = Buffer.from(chunk as string).subarray(written);
  }

  #endGap(): Refusal | undefined {
    const dropped = this.#gap;
    this.#gap = 0;
    this.#options.onReturn(dropped);
    return this.flush();
  }

  // Waiting for the reader keeps no process alive.
  #flushIn(ms: number): NodeJS.Timeout {
    return setTimeout(() => this.flush(), ms).unref();
  }
}
