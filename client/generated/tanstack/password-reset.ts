// Generated from the contract by `npm run generate`. Do not edit.

import type { Connection } from '../../runtime/connection.ts';
import { type Key, type Mutation, keyOf, mutation } from '../../runtime/queries.ts';
import {
  type PasswordResetConfirmAnswer,
  type PasswordResetConfirmInput,
  type PasswordResetRequestAnswer,
  type PasswordResetRequestInput,
  type PasswordResetSendAnswer,
  type PasswordResetSendInput,
  passwordResetConfirm,
  passwordResetRequest,
  passwordResetSend,
} from '../password-reset.ts';

/** Everything that was asked of `passwordReset`. */
export const passwordResetKey: Key = keyOf('passwordReset');

/**
 * Ask for a link to set a new password.
 *
 * `POST /api/v1/password-reset`. Anyone may call it.
 */
export function passwordResetRequestMutation(
  connection: Connection,
): Mutation<PasswordResetRequestInput, PasswordResetRequestAnswer> {
  return mutation(['passwordReset', 'request'], passwordResetRequest, connection);
}

/**
 * Set a new password by link.
 *
 * `POST /api/v1/password-reset/confirm`. Anyone may call it.
 */
export function passwordResetConfirmMutation(
  connection: Connection,
): Mutation<PasswordResetConfirmInput, PasswordResetConfirmAnswer> {
  return mutation(['passwordReset', 'confirm'], passwordResetConfirm, connection);
}

/**
 * Send somebody a link to set a new password.
 *
 * `POST /api/v1/password-reset/{userId}`. Needs the permission `users:manage`.
 */
export function passwordResetSendMutation(
  connection: Connection,
): Mutation<PasswordResetSendInput, PasswordResetSendAnswer> {
  return mutation(['passwordReset', 'send'], passwordResetSend, connection);
}
