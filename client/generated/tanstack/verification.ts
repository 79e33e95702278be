// Generated from the contract by `npm run generate`. Do not edit.

import type { Connection } from '../../runtime/connection.ts';
import { type Key, type Mutation, keyOf, mutation } from '../../runtime/queries.ts';
import {
  type VerificationConfirmAnswer,
  type VerificationConfirmInput,
  type VerificationRequestAnswer,
  type VerificationRequestInput,
  verificationConfirm,
  verificationRequest,
} from '../verification.ts';

/** Everything that was asked of `verification`. */
export const verificationKey: Key = keyOf('verification');

/**
 * Ask for a verification mail.
 *
 * `POST /api/v1/verification`. Anyone may call it.
 */
export function verificationRequestMutation(
  connection: Connection,
): Mutation<VerificationRequestInput, VerificationRequestAnswer> {
  return mutation(['verification', 'request'], verificationRequest, connection);
}

/**
 * Prove an e-mail address.
 *
 * `POST /api/v1/verification/confirm`. Anyone may call it; a sign-in may show more.
 */
export function verificationConfirmMutation(
  connection: Connection,
): Mutation<VerificationConfirmInput, VerificationConfirmAnswer> {
  return mutation(['verification', 'confirm'], verificationConfirm, connection);
}
