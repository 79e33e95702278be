// Generated from the contract by `npm run generate`. Do not edit.

import type { Connection } from '../../runtime/connection.ts';
import {
  type Key,
  type Mutation,
  type Pages,
  type Query,
  keyOf,
  mutation,
  pages,
  query,
} from '../../runtime/queries.ts';
import {
  type InvitationsAcceptAnswer,
  type InvitationsAcceptInput,
  type InvitationsCreateAnswer,
  type InvitationsCreateInput,
  type InvitationsGetAnswer,
  type InvitationsGetInput,
  type InvitationsListAnswer,
  type InvitationsListInput,
  type InvitationsRevokeAnswer,
  type InvitationsRevokeInput,
  invitationsAccept,
  invitationsCreate,
  invitationsGet,
  invitationsList,
  invitationsRevoke,
} from '../invitations.ts';

/** Everything that was asked of `invitations`. */
export const invitationsKey: Key = keyOf('invitations');

/**
 * What the keys of `invitationsListOptions` begin with; without an input, whatever it was
 * asked.
 */
export function invitationsListKey(input?: Partial<InvitationsListInput>): Key {
  return keyOf('invitations', 'list', input);
}

/**
 * List the invitations.
 *
 * `GET /api/v1/invitations`. Needs the permission `users:manage`.
 */
export function invitationsListOptions(
  connection: Connection,
  input: InvitationsListInput = {},
): Query<InvitationsListAnswer> {
  return query(['invitations', 'list'], invitationsList, connection, input);
}

/**
 * List the invitations.
 *
 * Page by page, for infinite queries.
 *
 * `GET /api/v1/invitations`. Needs the permission `users:manage`.
 */
export function invitationsListInfiniteOptions(
  connection: Connection,
  input: InvitationsListInput = {},
): Pages<InvitationsListAnswer> {
  return pages(['invitations', 'list'], invitationsList, connection, input);
}

/**
 * Invite somebody.
 *
 * `POST /api/v1/invitations`. Needs the permission `users:manage`.
 */
export function invitationsCreateMutation(
  connection: Connection,
): Mutation<InvitationsCreateInput, InvitationsCreateAnswer> {
  return mutation(['invitations', 'create'], invitationsCreate, connection);
}

/**
 * What the keys of `invitationsGetOptions` begin with; without an input, whatever it was
 * asked.
 */
export function invitationsGetKey(input?: Partial<InvitationsGetInput>): Key {
  return keyOf('invitations', 'get', input);
}

/**
 * Get an invitation.
 *
 * `GET /api/v1/invitations/{invitationId}`. Needs the permission `users:manage`.
 */
export function invitationsGetOptions(
  connection: Connection,
  input: InvitationsGetInput,
): Query<InvitationsGetAnswer> {
  return query(['invitations', 'get'], invitationsGet, connection, input);
}

/**
 * Take an invitation back.
 *
 * `POST /api/v1/invitations/{invitationId}/revoke`. Needs the permission `users:manage`.
 */
export function invitationsRevokeMutation(
  connection: Connection,
): Mutation<InvitationsRevokeInput, InvitationsRevokeAnswer> {
  return mutation(['invitations', 'revoke'], invitationsRevoke, connection);
}

/**
 * Accept an invitation.
 *
 * `POST /api/v1/invitations/accept`. Anyone may call it.
 */
export function invitationsAcceptMutation(
  connection: Connection,
): Mutation<InvitationsAcceptInput, InvitationsAcceptAnswer> {
  return mutation(['invitations', 'accept'], invitationsAccept, connection);
}
