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
  type SecondFactorsConfirmAnswer,
  type SecondFactorsConfirmInput,
  type SecondFactorsEnrolAnswer,
  type SecondFactorsGetAnswer,
  type SecondFactorsRemoveTotpAnswer,
  type SecondFactorsRenewCodesAnswer,
  type SecondFactorsResetAnswer,
  type SecondFactorsResetInput,
  secondFactorsConfirm,
  secondFactorsEnrol,
  secondFactorsGet,
  secondFactorsRemoveTotp,
  secondFactorsRenewCodes,
  secondFactorsReset,
} from '../second-factors.ts';

/** Everything that was asked of `secondFactors`. */
export const secondFactorsKey: Key = keyOf('secondFactors');

/** What the keys of `secondFactorsGetOptions` begin with. */
export function secondFactorsGetKey(): Key {
  return keyOf('secondFactors', 'get');
}

/**
 * Get the own second factors.
 *
 * `GET /api/v1/second-factors`. Needs a sign-in.
 */
export function secondFactorsGetOptions(connection: Connection): Query<SecondFactorsGetAnswer> {
  return query(['secondFactors', 'get'], secondFactorsGet, connection, {});
}

/**
 * Begin to set up an authenticator app.
 *
 * `POST /api/v1/second-factors/totp`. Needs a sign-in.
 */
export function secondFactorsEnrolMutation(
  connection: Connection,
): Mutation<void, SecondFactorsEnrolAnswer> {
  return mutation(['secondFactors', 'enrol'], secondFactorsEnrol, connection);
}

/**
 * Remove the authenticator app.
 *
 * `DELETE /api/v1/second-factors/totp`. Needs a sign-in.
 */
export function secondFactorsRemoveTotpMutation(
  connection: Connection,
): Mutation<void, SecondFactorsRemoveTotpAnswer> {
  return mutation(['secondFactors', 'removeTotp'], secondFactorsRemoveTotp, connection);
}

/**
 * Confirm the authenticator app.
 *
 * `POST /api/v1/second-factors/totp/confirm`. Needs a sign-in.
 */
export function secondFactorsConfirmMutation(
  connection: Connection,
): Mutation<SecondFactorsConfirmInput, SecondFactorsConfirmAnswer> {
  return mutation(['secondFactors', 'confirm'], secondFactorsConfirm, connection);
}

/**
 * Make new recovery codes.
 *
 * `POST /api/v1/second-factors/recovery-codes`. Needs a sign-in.
 */
export function secondFactorsRenewCodesMutation(
  connection: Connection,
): Mutation<void, SecondFactorsRenewCodesAnswer> {
  return mutation(['secondFactors', 'renewCodes'], secondFactorsRenewCodes, connection);
}

/**
 * Remove an account's second factors.
 *
 * `DELETE /api/v1/users/{userId}/second-factors`. Needs the permission `users:manage`.
 */
export function secondFactorsResetMutation(
  connection: Connection,
): Mutation<SecondFactorsResetInput, SecondFactorsResetAnswer> {
  return mutation(['secondFactors', 'reset'], secondFactorsReset, connection);
}
