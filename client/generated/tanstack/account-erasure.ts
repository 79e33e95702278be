// Generated from the contract by `npm run generate`. Do not edit.

import type { Connection } from '../../runtime/connection.ts';
import {
  type Key,
  type Mutation,
  type Query,
  keyOf,
  mutation,
  query,
} from '../../runtime/queries.ts';
import {
  type AccountErasureCancelAnswer,
  type AccountErasureGetAnswer,
  type AccountErasureRequestAnswer,
  accountErasureCancel,
  accountErasureGet,
  accountErasureRequest,
} from '../account-erasure.ts';

/** Everything that was asked of `accountErasure`. */
export const accountErasureKey: Key = keyOf('accountErasure');

/** What the keys of `accountErasureGetOptions` begin with. */
export function accountErasureGetKey(): Key {
  return keyOf('accountErasure', 'get');
}

/**
 * See whether the own account is erased.
 *
 * `GET /api/v1/account-erasure`. Needs a sign-in.
 */
export function accountErasureGetOptions(connection: Connection): Query<AccountErasureGetAnswer> {
  return query(['accountErasure', 'get'], accountErasureGet, connection, {});
}

/**
 * Ask for the erasure of the own account.
 *
 * `POST /api/v1/account-erasure`. Needs a sign-in.
 */
export function accountErasureRequestMutation(
  connection: Connection,
): Mutation<void, AccountErasureRequestAnswer> {
  return mutation(['accountErasure', 'request'], accountErasureRequest, connection);
}

/**
 * Keep the own account.
 *
 * `DELETE /api/v1/account-erasure`. Needs a sign-in.
 */
export function accountErasureCancelMutation(
  connection: Connection,
): Mutation<void, AccountErasureCancelAnswer> {
  return mutation(['accountErasure', 'cancel'], accountErasureCancel, connection);
}
