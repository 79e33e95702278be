/** What the runtime must know of an operation. Written by the generator. */
export interface Operation {
  readonly method: string;
  /** With `{names}`; inputs that are neither named here nor `body` nor a header go into the query. */
  readonly path: string;
  /** The inputs that are headers, and what each is called on its way. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * How to read each declared status that is not a problem; media types are for bytes, which are
   * handed over as they come.
   */
  readonly answers: Readonly<Record<number, 'json' | 'empty' | MediaType | readonly MediaType[]>>;
  /** What credentials do with a success: keep its tokens, or forget those they hold. */
  readonly credentials?: 'keep' | 'forget';
}

export type MediaType = `${string}/${string}`;
