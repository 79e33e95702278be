import type { AnyAnswer } from './answer.ts';
import type { Operation } from './operation.ts';
import type { Fetch, FetchInit, Signal } from './platform.ts';

/** Where the service is and how a caller proves who they are. A plain object: no setup, no state. */
export interface Connection {
  /** The origin of the service without `/api/v1`, as `https://api.example.com`; `''` for the own. */
  readonly baseUrl: string;
  /** `cookie()` in a browser, `bearer()` elsewhere, `apiKey()` or `clientCredentials()` for programs; without it, calls are anonymous. */
  readonly credentials?: Credentials | undefined;
  /** Instead of the platform's own `fetch`. */
  readonly fetch?: Fetch | undefined;
  /** How long a call may take, refresh and second try included. Unlimited when left out. */
  readonly timeoutMs?: number | undefined;
  /** Go with every request. Where the client says one itself, as `authorization`, yours is not sent. */
  readonly headers?: HeadersGiven | undefined;
  /**
   * What keys of TanStack Query end with; `baseUrl`, when left out. Connections with another one share nothing that
   * is kept: give one where two call the same service as different people.
   */
  readonly cacheName?: string | undefined;
  /** Ends every call that is under way, beside the signal of each. */
  readonly signal?: Signal | undefined;
  /** `retry()`: what may be sent again is, where another try may help. */
  readonly retry?: Layer | undefined;
  /** `hooks({ … })`: hears of each request and what became of it. */
  readonly hooks?: Layer | undefined;
}

export interface CallOptions {
  /** Aborts this call; it rejects with the signal's reason. */
  readonly signal?: Signal | undefined;
  /** Instead of the connection's. The call rejects with a `TimeoutError` (a `DOMException`). */
  readonly timeoutMs?: number | undefined;
  /** Beside those of the connection, or instead of them where they have the same name. */
  readonly headers?: HeadersGiven | undefined;
  /**
   * For what creates: a call with the same key and input gets the answer of the first. Each call has
   * one of its own unless you keep one, as for a form that may be sent again.
   */
  readonly idempotencyKey?: string | undefined;
}

/** Names in any case. What is undefined is left out. */
export type HeadersGiven = Readonly<Record<string, string | undefined>>;

/** One call on its way: credentials send it, as often as they must. */
export interface Attempt {
  readonly connection: Connection;
  readonly operation: Operation;
  readonly options: CallOptions;
  readonly url: string;
  /** That of the call, of its connection and of its time, in one. */
  readonly signal: Signal | undefined;
  /** It has an `Idempotency-Key`: it is done once, however often it is sent. */
  readonly isKeyed?: true;
  readonly send: Send;
}

export type Send = (proof?: Proof) => Promise<AnyAnswer>;

/** What credentials add to a request. */
export interface Proof {
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** What hooks add to it: headers of the connection, of the call and of the client stay as they are. */
  readonly more?: Readonly<Record<string, string>> | undefined;
  readonly credentials?: FetchInit['credentials'] | undefined;
}

export type Credentials = (attempt: Attempt) => Promise<AnyAnswer>;

/** Another way to send the same: around the one that it is given. */
export type Layer = (attempt: Attempt) => Send;
