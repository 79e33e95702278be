import type { AuditQuery } from '../../../contract/audit.ts';
import { AuditEntry } from '../../platform/audit/entry.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { KeysetPage } from '../../platform/db/keyset.ts';
import type { Platform } from '../../platform/platform.ts';
import { auditKeyset } from './model.ts';

/** Reads what was done and denied; writing it is `platform/audit`. */
export class AuditEntries {
  readonly #platform: Pick<Platform, 'db'>;

  constructor(platform: Pick<Platform, 'db'>) {
    this.#platform = platform;
  }

  list(_actor: Actor, filters: AuditQuery): Promise<KeysetPage<AuditEntry>> {
    const { from, before, actor, targetId, operation, result, ...page } = filters;
    const match = { actor, targetId, operation, result };
    const given = Object.entries(match).filter(([, value]) => value !== undefined);
    return AuditEntry.query(this.#platform.db)
      .where(Object.fromEntries(given) as object)
      .withGraphFetched('sentFrom')
      .inRange('audit_entries.at', { from, before })
      .keysetPage(auditKeyset, page);
  }
}
