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
  type AuditExportAnswer,
  type AuditExportInput,
  type AuditListAnswer,
  type AuditListInput,
  auditExport,
  auditList,
} from '../audit.ts';

/** Everything that was asked of `audit`. */
export const auditKey: Key = keyOf('audit');

/** What the keys of `auditListOptions` begin with; without an input, whatever it was asked. */
export function auditListKey(input?: Partial<AuditListInput>): Key {
  return keyOf('audit', 'list', input);
}

/**
 * List the audit entries.
 *
 * `GET /api/v1/audit`. Needs the permission `audit:read`.
 */
export function auditListOptions(
  connection: Connection,
  input: AuditListInput = {},
): Query<AuditListAnswer> {
  return query(['audit', 'list'], auditList, connection, input);
}

/**
 * List the audit entries.
 *
 * Page by page, for infinite queries.
 *
 * `GET /api/v1/audit`. Needs the permission `audit:read`.
 */
export function auditListInfiniteOptions(
  connection: Connection,
  input: AuditListInput = {},
): Pages<AuditListAnswer> {
  return pages(['audit', 'list'], auditList, connection, input);
}

/**
 * Export the audit entries.
 *
 * `GET /api/v1/audit/export`. Needs the permission `audit:read`.
 */
export function auditExportMutation(
  connection: Connection,
): Mutation<AuditExportInput | void, AuditExportAnswer> {
  return mutation(['audit', 'export'], auditExport, connection, []);
}
