import type { audit as contract } from '../../../contract/audit.ts';
import type { Handlers } from '../../operations/handlers.ts';
import type { AuditExports } from './export.ts';
import type { AuditEntries } from './service.ts';
import { viewEntry } from './view.ts';

export function auditHandlers(
  entries: AuditEntries,
  exports: AuditExports,
): Handlers<typeof contract> {
  return {
    list: async ({ actor, query, read }) => {
      const page = await entries.list(actor, query, read);
      return { status: 200, body: { ...page, items: page.items.map(viewEntry) } };
    },

    export: async ({ actor, query }) => ({
      status: 200,
      body: await exports.begin(actor, query, viewEntry),
    }),
  };
}
