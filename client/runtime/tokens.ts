export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Whose they are, where a sign-in through the client said so. Keep it: nobody's call is sent again as somebody else. */
  readonly userId?: string | undefined;
}

/** Where tokens live between calls. Several tabs or processes may share one. */
export interface TokenStore {
  read(): Tokens | undefined | Promise<Tokens | undefined>;
  /** `undefined` drops them. */
  write(tokens: Tokens | undefined): void | Promise<void>;
  /** Where several share it: does the work of one after the work of the other. A refresh asks for it. */
  exclusively?<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** For as long as the program runs, and out of reach of other programs. */
export function tokensInMemory(tokens?: Tokens): TokenStore {
  let held = tokens;
  return {
    read: () => held,
    write: (next) => {
      held = next;
    },
  };
}
