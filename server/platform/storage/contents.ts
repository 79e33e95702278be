/**
 * What the source gives, for as long as somebody wants it: a source that hangs is left when the signal
 * comes, or when it is silent for too long.
 */
export async function* untilStopped<Chunk>(
  content: AsyncIterable<Chunk>,
  { signal, silenceMs }: { signal?: AbortSignal | undefined; silenceMs?: number },
): AsyncGenerator<Chunk> {
  const source = content[Symbol.asyncIterator]();
  const { promise: stopped, reject } = Promise.withResolvers<never>();
  const stop = () => reject(signal?.reason);
  // Nobody may be waiting when it comes.
  stopped.catch(() => {});
  signal?.addEventListener('abort', stop, { once: true });
  try {
    signal?.throwIfAborted();
    for (;;) {
      const next = Promise.race([source.next(), stopped]);
      const { done, value } = await (silenceMs === undefined ? next : inTime(next, silenceMs));
      if (done) return;
      yield value;
    }
  } finally {
    signal?.removeEventListener('abort', stop);
    // Not waited for: what hangs would not end.
    void source.return?.().catch(() => {});
  }
}

/** The same bytes in buffers of one size, but for the last. Nothing where there are none. */
export async function* partsOf(
  content: AsyncIterable<Uint8Array>,
  bytes: number,
): AsyncGenerator<Buffer> {
  let gathered: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of content) {
    let rest = chunk;
    while (length + rest.length >= bytes) {
      const room = bytes - length;
      const part = Buffer.concat([...gathered, rest.subarray(0, room)]);
      // Before somebody takes his time with the part: what it was made of is not kept meanwhile.
      gathered = [];
      length = 0;
      rest = rest.subarray(room);
      yield part;
    }
    if (rest.length > 0) gathered.push(rest);
    length += rest.length;
  }
  if (length > 0) yield Buffer.concat(gathered);
}

/** @throws a `TimeoutError` where it takes longer. */
export async function inTime<Result>(work: Promise<Result>, limitMs: number): Promise<Result> {
  const { promise: limit, reject } = Promise.withResolvers<never>();
  const late = () => reject(new DOMException('no answer in time', 'TimeoutError'));
  const timer = setTimeout(late, limitMs);
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

/** Content that knows whether it has failed: what its reader fails at is not its own. */
export class Watched<Chunk> implements AsyncIterable<Chunk> {
  hasFailed = false;
  readonly #content: AsyncIterable<Chunk>;

  constructor(content: AsyncIterable<Chunk>) {
    this.#content = content;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Chunk> {
    try {
      for await (const chunk of this.#content) yield chunk;
    } catch (error) {
      this.hasFailed = true;
      throw error;
    }
  }
}
