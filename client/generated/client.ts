// Generated from the contract by `npm run generate`. Do not edit.

import type { Connection } from '../runtime/connection.ts';
import { type AuthClient, authClient } from './auth.ts';
import { type HealthClient, healthClient } from './health.ts';
import { type KeysClient, keysClient } from './keys.ts';
import { type MeClient, meClient } from './me.ts';
import { type UsersClient, usersClient } from './users.ts';

/** The whole API. */
export interface Client {
  /** Sign up, sign in by cookie or tokens, refresh, sign out. */
  readonly auth: AuthClient;
  /** The own account. */
  readonly me: MeClient;
  /** Accounts, for those who may see or manage them. */
  readonly users: UsersClient;
  /** Is the service up, and does it take work? */
  readonly health: HealthClient;
  /** The public keys that verify access tokens. */
  readonly keys: KeysClient;
}

/** The whole API through one connection. Bundles that call little take single functions. */
export function createClient(connection: Connection): Client {
  return {
    auth: authClient(connection),
    me: meClient(connection),
    users: usersClient(connection),
    health: healthClient(connection),
    keys: keysClient(connection),
  };
}
