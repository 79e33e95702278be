// Generated from the contract by `npm run generate`. Do not edit.

import type { Refused } from '../runtime/answer.ts';
import { bound } from '../runtime/bound.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import { keyed } from '../runtime/keyed.ts';
import type { AnswerHeaders, AnswerStream } from '../runtime/platform.ts';
import type { AccountExport, ExportDownload } from './schemas.ts';

export type AccountExportRequestInput = Record<string, never>;

export type AccountExportRequestAnswer =
  | {
      ok: true;
      status: 202;
      body: AccountExport;
      problem?: undefined;
      headers: AnswerHeaders;
    }
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
  | Refused<409, 'idempotency_key_in_use'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Ask for everything of the own account.
 *
 * An archive is made of everything that is stored about the account. A mail brings a link
 * to it, which works once, for a day.
 *
 * `POST /api/v1/account-export`. Needs a sign-in.
 */
export function accountExportRequest(
  connection: Connection,
  input?: AccountExportRequestInput,
  options?: CallOptions,
): Promise<AccountExportRequestAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/account-export',
      answers: { 202: 'json' },
    },
    input,
    options,
    keyed,
  );
}

export interface AccountExportDownloadInput {
  body: ExportDownload;
}

export type AccountExportDownloadAnswer =
  | {
      ok: true;
      status: 200;
      body: AnswerStream;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<400, 'malformed_request'>
  | Refused<406, 'not_acceptable'>
  | Refused<410, 'invalid_link'>
  | Refused<413, 'body_too_large'>
  | Refused<415, 'unsupported_media_type'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Download the archive.
 *
 * Streams the archive once. Whoever breaks off asks for another one.
 *
 * `POST /api/v1/account-export/download`. Anyone may call it.
 */
export function accountExportDownload(
  connection: Connection,
  input: AccountExportDownloadInput,
  options?: CallOptions,
): Promise<AccountExportDownloadAnswer> {
  return call(
    connection,
    {
      method: 'POST',
      path: '/api/v1/account-export/download',
      answers: { 200: 'application/zip' },
    },
    input,
    options,
  );
}

/** Everything that is stored about the own account, in one archive. */
export interface AccountExportClient {
  /**
   * Ask for everything of the own account.
   *
   * An archive is made of everything that is stored about the account. A mail brings a link
   * to it, which works once, for a day.
   *
   * `POST /api/v1/account-export`. Needs a sign-in.
   */
  request(
    input?: AccountExportRequestInput,
    options?: CallOptions,
  ): Promise<AccountExportRequestAnswer>;

  /**
   * Download the archive.
   *
   * Streams the archive once. Whoever breaks off asks for another one.
   *
   * `POST /api/v1/account-export/download`. Anyone may call it.
   */
  download(
    input: AccountExportDownloadInput,
    options?: CallOptions,
  ): Promise<AccountExportDownloadAnswer>;
}

/** Everything that is stored about the own account, in one archive. */
export function accountExportClient(connection: Connection): AccountExportClient {
  return bound<AccountExportClient>(connection, {
    request: accountExportRequest,
    download: accountExportDownload,
  });
}
