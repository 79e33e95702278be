// Generated from the contract by `npm run generate`. Do not edit.

import type { Sketches } from '../../runtime/mock.ts';
import type { Reply } from '../../runtime/mock-replies.ts';
import type {
  AuditExportAnswer,
  AuditExportInput,
  AuditListAnswer,
  AuditListInput,
} from '../audit.ts';
import * as examples from './examples.ts';

/** Handlers of `audit`. */
export interface AuditMock<Handler> {
  /**
   * List the audit entries.
   *
   * `GET /api/v1/audit`. Needs the permission `audit:read`.
   */
  list(reply?: Reply<AuditListInput, AuditListAnswer>): Handler;
  /**
   * Export the audit entries.
   *
   * `GET /api/v1/audit/export`. Needs the permission `audit:read`.
   */
  export(reply?: Reply<AuditExportInput, AuditExportAnswer>): Handler;
}

export const auditSketches: Sketches = {
  list: {
    method: 'get',
    path: '/api/v1/audit',
    reads: { limit: 'number', includeTotal: 'boolean', includeCursors: 'boolean', safety: 'boolean', compliance: 'boolean' },
    status: 200,
    examples: [examples.AuditPage],
  },
  export: {
    method: 'get',
    path: '/api/v1/audit/export',
    reads: { safety: 'boolean', compliance: 'boolean' },
    status: 200,
    type: 'text/csv',
    examples: [''],
  },
};
