/** What an operation is called with, once its schemas have accepted it. */
export interface Input {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/** What a handler answers; the compiler has held it to the contract (`handlers.ts`). */
export interface HandlerReply {
  readonly status: number;
  readonly body?: unknown;
  /** The body as it leaves, where somebody had to write it already. */
  readonly text?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly cookies?: readonly string[] | undefined;
}
