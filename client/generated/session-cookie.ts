// Generated from the contract by `npm run generate`. Do not edit.

/** The cookie of a sign-in; over TLS with `__Host-` in front. */
export const sessionCookie = 'session';
