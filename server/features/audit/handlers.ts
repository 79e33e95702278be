import type { audit as contract } from '../../../contract/audit.ts';
import type { Handlers } from '../../operations/handlers.ts';
import type { Audit } from './service.ts';
import { viewEntry } from './view.ts';

export function auditHandlers(audit: Audit): Handlers<typeof contract> {
  return {
    list: async ({ actor, query }) => {
      const page = await audit.list(actor, query);
      return { status: 200, body: { ...page, items: page.items.map(viewEntry) } };
    },
  };
}
