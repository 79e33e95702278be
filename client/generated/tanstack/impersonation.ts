// Generated from the contract by `npm run generate`. Do not edit.

import type { Connection } from '../../runtime/connection.ts';
import { type Key, type Mutation, keyOf, mutation } from '../../runtime/queries.ts';
import {
  type ImpersonationEndAnswer,
  type ImpersonationStartAnswer,
  type ImpersonationStartInput,
  impersonationEnd,
  impersonationStart,
} from '../impersonation.ts';

/** Everything that was asked of `impersonation`. */
export const impersonationKey: Key = keyOf('impersonation');

/**
 * Act as another account.
 *
 * `POST /api/v1/impersonation/{userId}`. Needs the permission `users:impersonate`.
 */
export function impersonationStartMutation(
  connection: Connection,
): Mutation<ImpersonationStartInput, ImpersonationStartAnswer> {
  return mutation(['impersonation', 'start'], impersonationStart, connection, [keyOf()]);
}

/**
 * Act as oneself again.
 *
 * `DELETE /api/v1/impersonation`. Needs a sign-in.
 */
export function impersonationEndMutation(
  connection: Connection,
): Mutation<void, ImpersonationEndAnswer> {
  return mutation(['impersonation', 'end'], impersonationEnd, connection, [keyOf()]);
}
