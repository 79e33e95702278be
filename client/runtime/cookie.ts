import type { Credentials } from './connection.ts';

/** The browser holds the session in a cookie that no script can read, and sends it by itself. */
export function cookie(): Credentials {
  return ({ send }) => send({ credentials: 'include' });
}
