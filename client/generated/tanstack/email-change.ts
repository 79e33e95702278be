// Generated from the contract by `npm run generate`. Do not edit.

import type { Connection } from '../../runtime/connection.ts';
import { type Key, type Mutation, keyOf, mutation } from '../../runtime/queries.ts';
import {
  type EmailChangeConfirmAnswer,
  type EmailChangeConfirmInput,
  type EmailChangeRequestAnswer,
  type EmailChangeRequestInput,
  type EmailChangeRevertAnswer,
  type EmailChangeRevertInput,
  emailChangeConfirm,
  emailChangeRequest,
  emailChangeRevert,
} from '../email-change.ts';

/** Everything that was asked of `emailChange`. */
export const emailChangeKey: Key = keyOf('emailChange');

/**
 * Ask to change the own e-mail address.
 *
 * `POST /api/v1/email-change`. Needs a sign-in.
 */
export function emailChangeRequestMutation(
  connection: Connection,
): Mutation<EmailChangeRequestInput, EmailChangeRequestAnswer> {
  return mutation(['emailChange', 'request'], emailChangeRequest, connection);
}

/**
 * Prove the new e-mail address.
 *
 * `POST /api/v1/email-change/confirm`. Anyone may call it.
 */
export function emailChangeConfirmMutation(
  connection: Connection,
): Mutation<EmailChangeConfirmInput, EmailChangeConfirmAnswer> {
  return mutation(['emailChange', 'confirm'], emailChangeConfirm, connection);
}

/**
 * Take a change of the e-mail address back.
 *
 * `POST /api/v1/email-change/revert`. Anyone may call it.
 */
export function emailChangeRevertMutation(
  connection: Connection,
): Mutation<EmailChangeRevertInput, EmailChangeRevertAnswer> {
  return mutation(['emailChange', 'revert'], emailChangeRevert, connection);
}
