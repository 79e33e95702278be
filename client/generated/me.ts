// Generated from the contract by `npm run generate`. Do not edit.

import type { NotModified, Refused } from '../runtime/answer.ts';
import { bound } from '../runtime/bound.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import type { Instant } from '../runtime/instant.ts';
import { itemsOf, type ListOptions } from '../runtime/pages.ts';
import type { AnswerHeaders, AnswerStream } from '../runtime/platform.ts';
import { upload, type UploadOptions } from '../runtime/upload.ts';
import type {
  Activity,
  ActivityPage,
  Avatar,
  Me,
  MyChanges,
  NewAvatar,
  PasswordChange,
} from './schemas.ts';

export type MeGetInput = Record<string, never>;

export interface MeGetIfChangedInput {
  /**
   * The `ETag` of what the caller has, several, or `*`: where it still is so, the answer is
   * 304 and has no body.
   */
  ifNoneMatch: string | undefined;
}

export type MeGetAnswer =
  | {
      ok: true;
      status: 200;
      body: Me;
      problem?: undefined;
      headers: AnswerHeaders;
      etag: string | undefined;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'people_only'>
  | Refused<406, 'not_acceptable'>
  | Refused<412, 'precondition_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

export type MeGetIfChangedAnswer = MeGetAnswer | NotModified;

/**
 * Get the own account.
 *
 * Answers the account of the caller with its effective roles and permissions.
 *
 * `GET /api/v1/me`. Needs a sign-in.
 */
export function meGet(
  connection: Connection,
  input: MeGetIfChangedInput,
  options?: CallOptions,
): Promise<MeGetIfChangedAnswer>;
export function meGet(
  connection: Connection,
  input?: MeGetInput,
  options?: CallOptions,
): Promise<MeGetAnswer>;
export function meGet(
  connection: Connection,
  input?: MeGetInput | MeGetIfChangedInput,
  options?: CallOptions,
): Promise<MeGetIfChangedAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/me',
      answers: { 200: 'json', 304: 'empty' },
      headers: { ifNoneMatch: 'if-none-match' },
    },
    input,
    options,
  );
}

export interface MeUpdateInput {
  /**
   * The `ETag` of what the caller has seen, several, or `*`: where it is another by now,
   * nothing is changed and the answer is 412.
   */
  ifMatch?: string | undefined;
  body: MyChanges;
}

export type MeUpdateAnswer =
  | {
      ok: true;
      status: 200;
      body: Me;
      problem?: undefined;
      headers: AnswerHeaders;
      etag: string | undefined;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'cross_site_request' | 'people_only' | 'second_factor_required'>
  | Refused<406, 'not_acceptable'>
  | Refused<409, 'username_taken'>
  | Refused<412, 'precondition_failed'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Change the own account.
 *
 * Changes what is sent and leaves the rest.
 *
 * `PATCH /api/v1/me`. Needs a sign-in.
 */
export function meUpdate(
  connection: Connection,
  input: MeUpdateInput,
  options?: CallOptions,
): Promise<MeUpdateAnswer> {
  return call(
    connection,
    {
      method: 'PATCH',
      path: '/api/v1/me',
      answers: { 200: 'json' },
      headers: { ifMatch: 'if-match' },
    },
    input,
    options,
  );
}

export interface MeListActivityInput {
  /**
   * Rows per page.
   *
   * @default 50
   */
  limit?: number | undefined;
  /** `nextCursor` of the page before. Keep the other parameters as they were. */
  cursor?: string | undefined;
  /** The order; `-` in front for descending. Rows without a value come last, either way. */
  sort?: 'at' | '-at' | undefined;
  /** Count all matching rows as well. */
  includeTotal?: boolean | undefined;
  /** Answer the cursor of each row as well: a list can be gone on with from any. */
  includeCursors?: boolean | undefined;
  /** At this instant or later. */
  from?: Instant | undefined;
  /** Before this instant. */
  before?: Instant | undefined;
}

export type MeListActivityAnswer =
  | {
      ok: true;
      status: 200;
      body: ActivityPage;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'people_only' | 'second_factor_required'>
  | Refused<406, 'not_acceptable'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * List what happened to the own account.
 *
 * Pages through what the caller did, and what others did to the account or in its name,
 * the newest first unless asked otherwise. Who the others are is not told.
 *
 * `GET /api/v1/me/activity`. Needs a sign-in.
 */
export function meListActivity(
  connection: Connection,
  input?: MeListActivityInput,
  options?: CallOptions,
): Promise<MeListActivityAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/me/activity',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

/**
 * List what happened to the own account: all items, page by page, fetched as they are
 * asked for.
 *
 * A refusal is thrown as `ProblemError`. `limit` is the size of a page, `maxItems` ends
 * it.
 */
export function meListActivityAll(
  connection: Connection,
  input?: MeListActivityInput,
  options?: ListOptions,
): AsyncGenerator<Activity, void, undefined> {
  return itemsOf((next) => meListActivity(connection, { ...input, ...next }, options), options);
}

export type MeGetAvatarInput = Record<string, never>;

export interface MeGetAvatarIfChangedInput {
  /**
   * The `ETag` of what the caller has, several, or `*`: where it still is so, the answer is
   * 304 and has no body.
   */
  ifNoneMatch: string | undefined;
}

export type MeGetAvatarAnswer =
  | {
      ok: true;
      status: 200;
      body: AnswerStream;
      problem?: undefined;
      headers: AnswerHeaders;
      etag: string | undefined;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'people_only' | 'second_factor_required'>
  | Refused<404, 'not_found'>
  | Refused<406, 'not_acceptable'>
  | Refused<412, 'precondition_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

export type MeGetAvatarIfChangedAnswer = MeGetAvatarAnswer | NotModified;

/**
 * Get the own picture.
 *
 * Streams the picture of the own account.
 *
 * `GET /api/v1/me/avatar`. Needs a sign-in.
 */
export function meGetAvatar(
  connection: Connection,
  input: MeGetAvatarIfChangedInput,
  options?: CallOptions,
): Promise<MeGetAvatarIfChangedAnswer>;
export function meGetAvatar(
  connection: Connection,
  input?: MeGetAvatarInput,
  options?: CallOptions,
): Promise<MeGetAvatarAnswer>;
export function meGetAvatar(
  connection: Connection,
  input?: MeGetAvatarInput | MeGetAvatarIfChangedInput,
  options?: CallOptions,
): Promise<MeGetAvatarIfChangedAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/me/avatar',
      answers: { 200: ['image/png', 'image/jpeg', 'image/webp', 'image/gif'], 304: 'empty' },
      headers: { ifNoneMatch: 'if-none-match' },
    },
    input,
    options,
  );
}

export interface MeSetAvatarInput {
  body: NewAvatar;
}

export type MeSetAvatarAnswer =
  | {
      ok: true;
      status: 200;
      body: Avatar;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'cross_site_request' | 'people_only' | 'second_factor_required'>
  | Refused<406, 'not_acceptable'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Set the own picture.
 *
 * Keeps the picture in place of the one before. It is given out as it is, with all that
 * the file says of its making: a photograph may name the place.
 *
 * `PUT /api/v1/me/avatar`. Needs a sign-in.
 */
export function meSetAvatar(
  connection: Connection,
  input: MeSetAvatarInput,
  options?: UploadOptions,
): Promise<MeSetAvatarAnswer> {
  return call(
    connection,
    {
      method: 'PUT',
      path: '/api/v1/me/avatar',
      answers: { 200: 'json' },
    },
    input,
    options,
    undefined,
    upload,
  );
}

export type MeRemoveAvatarInput = Record<string, never>;

export type MeRemoveAvatarAnswer =
  | {
      ok: true;
      status: 204;
      body: undefined;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<401, 'unauthenticated'>
  | Refused<403, 'cross_site_request' | 'people_only' | 'second_factor_required'>
  | Refused<406, 'not_acceptable'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Remove the own picture.
 *
 * Where there is none, nothing is removed.
 *
 * `DELETE /api/v1/me/avatar`. Needs a sign-in.
 */
export function meRemoveAvatar(
  connection: Connection,
  input?: MeRemoveAvatarInput,
  options?: CallOptions,
): Promise<MeRemoveAvatarAnswer> {
  return call(
    connection,
    {
      method: 'DELETE',
      path: '/api/v1/me/avatar',
      answers: { 204: 'empty' },
    },
    input,
    options,
  );
}

export interface MeChangePasswordInput {
  body: PasswordChange;
}

export type MeChangePasswordAnswer =
  | {
      ok: true;
      status: 204;
      body: undefined;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<401, 'unauthenticated'>
  | Refused<
      403,
      
        | 'cross_site_request'
        | 'impersonation_denied'
        | 'people_only'
        | 'reauthentication_required'
        | 'second_factor_required'
    >
  | Refused<406, 'not_acceptable'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Change the own password.
 *
 * Takes the current password, or a sign-in younger than ten minutes. Ends every other
 * session of the account.
 *
 * `POST /api/v1/me/password`. Needs a sign-in.
 */
export function meChangePassword(
  connection: Connection,
  input: MeChangePasswordInput,
  options?: CallOptions,
): Promise<MeChangePasswordAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/me/password',
      answers: { 204: 'empty' },
    },
    input,
    options,
  );
}

/** The own account. */
export interface MeClient {
  /**
   * Get the own account.
   *
   * Answers the account of the caller with its effective roles and permissions.
   *
   * `GET /api/v1/me`. Needs a sign-in.
   */
  get(input: MeGetIfChangedInput, options?: CallOptions): Promise<MeGetIfChangedAnswer>;
  /**
   * Get the own account.
   *
   * Answers the account of the caller with its effective roles and permissions.
   *
   * `GET /api/v1/me`. Needs a sign-in.
   */
  get(input?: MeGetInput, options?: CallOptions): Promise<MeGetAnswer>;

  /**
   * Change the own account.
   *
   * Changes what is sent and leaves the rest.
   *
   * `PATCH /api/v1/me`. Needs a sign-in.
   */
  update(input: MeUpdateInput, options?: CallOptions): Promise<MeUpdateAnswer>;

  /**
   * List what happened to the own account.
   *
   * Pages through what the caller did, and what others did to the account or in its name,
   * the newest first unless asked otherwise. Who the others are is not told.
   *
   * `GET /api/v1/me/activity`. Needs a sign-in.
   */
  listActivity(input?: MeListActivityInput, options?: CallOptions): Promise<MeListActivityAnswer>;

  /**
   * List what happened to the own account: all items, page by page, fetched as they are
   * asked for.
   *
   * A refusal is thrown as `ProblemError`. `limit` is the size of a page, `maxItems` ends
   * it.
   */
  listActivityAll(
    input?: MeListActivityInput,
    options?: ListOptions,
  ): AsyncGenerator<Activity, void, undefined>;

  /**
   * Get the own picture.
   *
   * Streams the picture of the own account.
   *
   * `GET /api/v1/me/avatar`. Needs a sign-in.
   */
  getAvatar(
    input: MeGetAvatarIfChangedInput,
    options?: CallOptions,
  ): Promise<MeGetAvatarIfChangedAnswer>;
  /**
   * Get the own picture.
   *
   * Streams the picture of the own account.
   *
   * `GET /api/v1/me/avatar`. Needs a sign-in.
   */
  getAvatar(input?: MeGetAvatarInput, options?: CallOptions): Promise<MeGetAvatarAnswer>;

  /**
   * Set the own picture.
   *
   * Keeps the picture in place of the one before. It is given out as it is, with all that
   * the file says of its making: a photograph may name the place.
   *
   * `PUT /api/v1/me/avatar`. Needs a sign-in.
   */
  setAvatar(input: MeSetAvatarInput, options?: UploadOptions): Promise<MeSetAvatarAnswer>;

  /**
   * Remove the own picture.
   *
   * Where there is none, nothing is removed.
   *
   * `DELETE /api/v1/me/avatar`. Needs a sign-in.
   */
  removeAvatar(input?: MeRemoveAvatarInput, options?: CallOptions): Promise<MeRemoveAvatarAnswer>;

  /**
   * Change the own password.
   *
   * Takes the current password, or a sign-in younger than ten minutes. Ends every other
   * session of the account.
   *
   * `POST /api/v1/me/password`. Needs a sign-in.
   */
  changePassword(
    input: MeChangePasswordInput,
    options?: CallOptions,
  ): Promise<MeChangePasswordAnswer>;
}

/** The own account. */
export function meClient(connection: Connection): MeClient {
  return bound<MeClient>(connection, {
    get: meGet,
    update: meUpdate,
    listActivity: meListActivity,
    listActivityAll: meListActivityAll,
    getAvatar: meGetAvatar,
    setAvatar: meSetAvatar,
    removeAvatar: meRemoveAvatar,
    changePassword: meChangePassword,
  });
}
