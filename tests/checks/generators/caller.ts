/** What every generated client is asked to do, so that one scenario fits all of them. */
export interface Caller {
  signUp(person: Person): Promise<Answer<unknown>>;
  signIn(person: Person): Promise<Answer<Tokens>>;
  listUsers(query: { token?: string; limit: number; cursor?: string }): Promise<Answer<Page>>;
}

export interface Person {
  readonly email: string;
  readonly username: string;
  readonly password: string;
}

export interface Answer<Body> {
  readonly status: number;
  readonly body?: Body | undefined;
  readonly problem?: Problem | undefined;
}

export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
}

export interface Page {
  readonly items: readonly { readonly id: string; readonly view: 'full' | 'summary' }[];
  readonly nextCursor: string | null;
}

export interface Problem {
  readonly code: string;
  readonly requestId: string;
  readonly errors?: readonly { readonly path: string }[] | undefined;
}
