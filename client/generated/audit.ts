// Generated from the contract by `npm run generate`. Do not edit.

import type { Refused } from '../runtime/answer.ts';
import { bound } from '../runtime/bound.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import type { Instant } from '../runtime/instant.ts';
import { itemsOf, type ListOptions } from '../runtime/pages.ts';
import type { AnswerHeaders, AnswerStream } from '../runtime/platform.ts';
import type { AuditEntry, AuditPage } from './schemas.ts';

export interface AuditListInput {
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
  /** Only what this actor did. */
  actor?: string | undefined;
  /** Only what was done as this account by somebody else. */
  actingFor?: string | undefined;
  /** Only what was done to things of this type. */
  targetType?: string | undefined;
  /** Only what was done to this. */
  targetId?: string | undefined;
  /** Only this operation. */
  operation?: string | undefined;
  /** Only done, or only denied. */
  result?: 'done' | 'denied' | undefined;
  /** Only what is marked so, or only the rest. */
  safety?: boolean | undefined;
  /** Only what is marked so, or only the rest. */
  compliance?: boolean | undefined;
  /** At this instant or later. */
  from?: Instant | undefined;
  /** Before this instant. */
  before?: Instant | undefined;
}

export type AuditListAnswer =
  | {
      ok: true;
      status: 200;
      body: AuditPage;
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
 * List the audit entries.
 *
 * Pages through what was done and denied, the newest first unless asked otherwise.
 *
 * `GET /api/v1/audit`. Needs the permission `audit:read`.
 */
export function auditList(
  connection: Connection,
  input?: AuditListInput,
  options?: CallOptions,
): Promise<AuditListAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/audit',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

/**
 * List the audit entries: all items, page by page, fetched as they are asked for.
 *
 * A refusal is thrown as `ProblemError`. `limit` is the size of a page, `maxItems` ends
 * it.
 */
export function auditListAll(
  connection: Connection,
  input?: AuditListInput,
  options?: ListOptions,
): AsyncGenerator<AuditEntry, void, undefined> {
  return itemsOf((next) => auditList(connection, { ...input, ...next }, options), options);
}

export interface AuditExportInput {
  /** CSV (RFC 4180) with a line of names, which is usual, or a line of JSON for each entry. */
  format?: 'csv' | 'ndjson' | undefined;
  /** Only what this actor did. */
  actor?: string | undefined;
  /** Only what was done as this account by somebody else. */
  actingFor?: string | undefined;
  /** Only what was done to things of this type. */
  targetType?: string | undefined;
  /** Only what was done to this. */
  targetId?: string | undefined;
  /** Only this operation. */
  operation?: string | undefined;
  /** Only done, or only denied. */
  result?: 'done' | 'denied' | undefined;
  /** Only what is marked so, or only the rest. */
  safety?: boolean | undefined;
  /** Only what is marked so, or only the rest. */
  compliance?: boolean | undefined;
  /** At this instant or later. */
  from?: Instant | undefined;
  /** Before this instant. */
  before?: Instant | undefined;
}

export type AuditExportAnswer =
  | {
      ok: true;
      status: 200;
      body: AnswerStream;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<401, 'unauthenticated'>
  | Refused<
      403,
      
        | 'impersonation_denied'
        | 'permission_denied'
        | 'reauthentication_required'
        | 'second_factor_required'
    >
  | Refused<406, 'not_acceptable'>
  | Refused<422, 'validation_failed'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Export the audit entries.
 *
 * Streams all that fit, the oldest first, as they were when it was asked for. Text that a
 * spreadsheet would take for a formula has an apostrophe in front (CSV). Takes a recent
 * sign-in, and leaves an entry itself.
 *
 * `GET /api/v1/audit/export`. Needs the permission `audit:read`.
 */
export function auditExport(
  connection: Connection,
  input?: AuditExportInput,
  options?: CallOptions,
): Promise<AuditExportAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/audit/export',
      answers: { 200: ['text/csv', 'application/x-ndjson'] },
    },
    input,
    options,
  );
}

/** What was done and denied, by whom and to what. */
export interface AuditClient {
  /**
   * List the audit entries.
   *
   * Pages through what was done and denied, the newest first unless asked otherwise.
   *
   * `GET /api/v1/audit`. Needs the permission `audit:read`.
   */
  list(input?: AuditListInput, options?: CallOptions): Promise<AuditListAnswer>;

  /**
   * List the audit entries: all items, page by page, fetched as they are asked for.
   *
   * A refusal is thrown as `ProblemError`. `limit` is the size of a page, `maxItems` ends
   * it.
   */
  listAll(
    input?: AuditListInput,
    options?: ListOptions,
  ): AsyncGenerator<AuditEntry, void, undefined>;

  /**
   * Export the audit entries.
   *
   * Streams all that fit, the oldest first, as they were when it was asked for. Text that a
   * spreadsheet would take for a formula has an apostrophe in front (CSV). Takes a recent
   * sign-in, and leaves an entry itself.
   *
   * `GET /api/v1/audit/export`. Needs the permission `audit:read`.
   */
  export(input?: AuditExportInput, options?: CallOptions): Promise<AuditExportAnswer>;
}

/** What was done and denied, by whom and to what. */
export function auditClient(connection: Connection): AuditClient {
  return bound<AuditClient>(connection, {
    list: auditList,
    listAll: auditListAll,
    export: auditExport,
  });
}
