import type { Credentials } from './connection.ts';

/** An API key goes with each call. It is refused once it has ended: there is nothing to refresh. */
export function apiKey(key: string): Credentials {
  return ({ send }) => send({ headers: { authorization: `Bearer ${key}` } });
}
