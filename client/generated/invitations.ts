// Generated from the contract by `npm run generate`. Do not edit.

import type { NotModified, Refused } from '../runtime/answer.ts';
import { bound } from '../runtime/bound.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import type { Instant } from '../runtime/instant.ts';
import { keyed } from '../runtime/keyed.ts';
import { itemsOf, type ListOptions } from '../runtime/pages.ts';
import type { AnswerHeaders } from '../runtime/platform.ts';
import type { Acceptance, Invitation, InvitationPage, NewInvitation, User } from './schemas.ts';

export interface InvitationsListInput {
  /**
   * Rows per page.
   *
   * @default 50
   */
  limit?: number | undefined;
  /** `nextCursor` of the page before. Keep the other parameters as they were. */
  cursor?: string | undefined;
  /** The order; `-` in front for descending. Rows without a value come last, either way. */
  sort?: 'createdAt' | '-createdAt' | 'email' | '-email' | undefined;
  /** Count all matching rows as well. */
  includeTotal?: boolean | undefined;
  /** Answer the cursor of each row as well: a list can be gone on with from any. */
  includeCursors?: boolean | undefined;
  /** Exactly this e-mail address. */
  email?: string | undefined;
  /** Only those in this state. */
  state?: 'pending' | 'accepted' | 'revoked' | 'expired' | undefined;
  /** Created at this instant or later. */
  createdFrom?: Instant | undefined;
  /** Created before this instant. */
  createdBefore?: Instant | undefined;
}

export type InvitationsListAnswer =
  | {
      ok: true;
      status: 200;
      body: InvitationPage;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'permission_denied' | 'second_factor_required'>
  | Refused<406, 'not_acceptable'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * List the invitations.
 *
 * Pages through the invitations, the newest first unless asked otherwise. They are kept
 * for 30 days after their end.
 *
 * `GET /api/v1/invitations`. Needs the permission `users:manage`.
 */
export function invitationsList(
  connection: Connection,
  input?: InvitationsListInput,
  options?: CallOptions,
): Promise<InvitationsListAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/invitations',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

/**
 * List the invitations: all items, page by page, fetched as they are asked for.
 *
 * A refusal is thrown as `ProblemError`. `limit` is the size of a page, `maxItems` ends
 * it.
 */
export function invitationsListAll(
  connection: Connection,
  input?: InvitationsListInput,
  options?: ListOptions,
): AsyncGenerator<Invitation, void, undefined> {
  return itemsOf((next) => invitationsList(connection, { ...input, ...next }, options), options);
}

export interface InvitationsCreateInput {
  body: NewInvitation;
}

export type InvitationsCreateAnswer =
  | {
      ok: true;
      status: 201;
      body: Invitation;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<
      403,
      
        | 'cross_site_request'
        | 'permission_denied'
        | 'reauthentication_required'
        | 'second_factor_required'
        | 'sign_up_closed'
    >
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'email_taken' | 'idempotency_key_in_use'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'idempotency_key_reused' | 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Invite somebody.
 *
 * Sends a link to the address, in place of an earlier one. Nobody gives a role that grants
 * more than they hold, and naming roles takes a recent sign-in. Refused while sign-up is
 * closed.
 *
 * `POST /api/v1/invitations`. Needs the permission `users:manage`.
 */
export function invitationsCreate(
  connection: Connection,
  input: InvitationsCreateInput,
  options?: CallOptions,
): Promise<InvitationsCreateAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/invitations',
      answers: { 201: 'json' },
    },
    input,
    options,
    keyed,
  );
}

export interface InvitationsGetInput {
  /** A UUID. */
  invitationId: string;
}

export interface InvitationsGetIfChangedInput {
  /** A UUID. */
  invitationId: string;
  /**
   * The `ETag` of what the caller has, several, or `*`: where it still is so, the answer is
   * 304 and has no body.
   */
  ifNoneMatch: string | undefined;
}

export type InvitationsGetAnswer =
  | {
      ok: true;
      status: 200;
      body: Invitation;
      problem?: undefined;
      headers: AnswerHeaders;
      etag: string | undefined;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'permission_denied' | 'second_factor_required'>
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<412, 'precondition_failed'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

export type InvitationsGetIfChangedAnswer = InvitationsGetAnswer | NotModified;

/**
 * Get an invitation.
 *
 * Answers one invitation. Its token is in the mail only.
 *
 * `GET /api/v1/invitations/{invitationId}`. Needs the permission `users:manage`.
 */
export function invitationsGet(
  connection: Connection,
  input: InvitationsGetIfChangedInput,
  options?: CallOptions,
): Promise<InvitationsGetIfChangedAnswer>;
export function invitationsGet(
  connection: Connection,
  input: InvitationsGetInput,
  options?: CallOptions,
): Promise<InvitationsGetAnswer>;
export function invitationsGet(
  connection: Connection,
  input: InvitationsGetInput | InvitationsGetIfChangedInput,
  options?: CallOptions,
): Promise<InvitationsGetIfChangedAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/invitations/{invitationId}',
      answers: { 200: 'json', 304: 'empty' },
      headers: { ifNoneMatch: 'if-none-match' },
    },
    input,
    options,
  );
}

export interface InvitationsRevokeInput {
  /** A UUID. */
  invitationId: string;
}

export type InvitationsRevokeAnswer =
  | {
      ok: true;
      status: 200;
      body: Invitation;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'cross_site_request' | 'permission_denied' | 'second_factor_required'>
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Take an invitation back.
 *
 * The link in its mail works no more. One that has ended already stays as it is.
 *
 * `POST /api/v1/invitations/{invitationId}/revoke`. Needs the permission `users:manage`.
 */
export function invitationsRevoke(
  connection: Connection,
  input: InvitationsRevokeInput,
  options?: CallOptions,
): Promise<InvitationsRevokeAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/invitations/{invitationId}/revoke',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export interface InvitationsAcceptInput {
  body: Acceptance;
}

export type InvitationsAcceptAnswer =
  | {
      ok: true;
      status: 201;
      body: User;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<403, 'cross_site_request' | 'sign_up_closed'>
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'email_taken' | 'username_taken'>
  | Refused<410, 'invalid_link'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Accept an invitation.
 *
 * Begins the account with the roles of the invitation; its address is proven. The
 * invitation is good for what its sender could still give: a role that is gone is left
 * out, and who lost the right to invite or to give a role has invited nobody.
 *
 * `POST /api/v1/invitations/accept`. Anyone may call it.
 */
export function invitationsAccept(
  connection: Connection,
  input: InvitationsAcceptInput,
  options?: CallOptions,
): Promise<InvitationsAcceptAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/invitations/accept',
      answers: { 201: 'json' },
    },
    input,
    options,
  );
}

/** Accounts that somebody may begin, by a link in a mail. */
export interface InvitationsClient {
  /**
   * List the invitations.
   *
   * Pages through the invitations, the newest first unless asked otherwise. They are kept
   * for 30 days after their end.
   *
   * `GET /api/v1/invitations`. Needs the permission `users:manage`.
   */
  list(input?: InvitationsListInput, options?: CallOptions): Promise<InvitationsListAnswer>;

  /**
   * List the invitations: all items, page by page, fetched as they are asked for.
   *
   * A refusal is thrown as `ProblemError`. `limit` is the size of a page, `maxItems` ends
   * it.
   */
  listAll(
    input?: InvitationsListInput,
    options?: ListOptions,
  ): AsyncGenerator<Invitation, void, undefined>;

  /**
   * Invite somebody.
   *
   * Sends a link to the address, in place of an earlier one. Nobody gives a role that grants
   * more than they hold, and naming roles takes a recent sign-in. Refused while sign-up is
   * closed.
   *
   * `POST /api/v1/invitations`. Needs the permission `users:manage`.
   */
  create(input: InvitationsCreateInput, options?: CallOptions): Promise<InvitationsCreateAnswer>;

  /**
   * Get an invitation.
   *
   * Answers one invitation. Its token is in the mail only.
   *
   * `GET /api/v1/invitations/{invitationId}`. Needs the permission `users:manage`.
   */
  get(
    input: InvitationsGetIfChangedInput,
    options?: CallOptions,
  ): Promise<InvitationsGetIfChangedAnswer>;
  /**
   * Get an invitation.
   *
   * Answers one invitation. Its token is in the mail only.
   *
   * `GET /api/v1/invitations/{invitationId}`. Needs the permission `users:manage`.
   */
  get(input: InvitationsGetInput, options?: CallOptions): Promise<InvitationsGetAnswer>;

  /**
   * Take an invitation back.
   *
   * The link in its mail works no more. One that has ended already stays as it is.
   *
   * `POST /api/v1/invitations/{invitationId}/revoke`. Needs the permission `users:manage`.
   */
  revoke(input: InvitationsRevokeInput, options?: CallOptions): Promise<InvitationsRevokeAnswer>;

  /**
   * Accept an invitation.
   *
   * Begins the account with the roles of the invitation; its address is proven. The
   * invitation is good for what its sender could still give: a role that is gone is left
   * out, and who lost the right to invite or to give a role has invited nobody.
   *
   * `POST /api/v1/invitations/accept`. Anyone may call it.
   */
  accept(input: InvitationsAcceptInput, options?: CallOptions): Promise<InvitationsAcceptAnswer>;
}

/** Accounts that somebody may begin, by a link in a mail. */
export function invitationsClient(connection: Connection): InvitationsClient {
  return bound<InvitationsClient>(connection, {
    list: invitationsList,
    listAll: invitationsListAll,
    create: invitationsCreate,
    get: invitationsGet,
    revoke: invitationsRevoke,
    accept: invitationsAccept,
  });
}
