import type { CallOptions } from './connection.ts';
import type { Fetch, FetchInit } from './platform.ts';

/** How a body leaves that is no JSON. */
export interface Sending {
  /** For each attempt anew: what streams is read once. */
  readonly content: () => Pick<FetchInit, 'body' | 'duplex'> & { readonly type?: string };
  /** Instead of the platform's. */
  readonly fetch?: Fetch;
}

/** Makes one of what a call is given; `own` is the `fetch` that the caller brings. */
export type Sender = (
  input: { readonly body: object },
  options: CallOptions,
  own: Fetch | undefined,
) => Sending | Promise<Sending>;
