// Generated from the contract by `npm run generate`. Do not edit.

import type { Connection } from '../../runtime/connection.ts';
import { type Key, type Mutation, keyOf, mutation } from '../../runtime/queries.ts';
import {
  type MagicLinkConfirmAnswer,
  type MagicLinkConfirmInput,
  type MagicLinkRequestAnswer,
  type MagicLinkRequestInput,
  magicLinkConfirm,
  magicLinkRequest,
} from '../magic-link.ts';

/** Everything that was asked of `magicLink`. */
export const magicLinkKey: Key = keyOf('magicLink');

/**
 * Ask for a link to sign in.
 *
 * `POST /api/v1/magic-link`. Anyone may call it.
 */
export function magicLinkRequestMutation(
  connection: Connection,
): Mutation<MagicLinkRequestInput, MagicLinkRequestAnswer> {
  return mutation(['magicLink', 'request'], magicLinkRequest, connection);
}

/**
 * Sign in by link.
 *
 * `POST /api/v1/magic-link/confirm`. Anyone may call it.
 */
export function magicLinkConfirmMutation(
  connection: Connection,
): Mutation<MagicLinkConfirmInput, MagicLinkConfirmAnswer> {
  return mutation(['magicLink', 'confirm'], magicLinkConfirm, connection, [keyOf()]);
}
