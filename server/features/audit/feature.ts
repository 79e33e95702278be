import type { Platform } from '../../platform/platform.ts';
import { AuditExports } from './export.ts';
import { auditHandlers } from './handlers.ts';
import { auditData } from './personal-data.ts';
import { AuditEntries } from './service.ts';

export function auditFeature(platform: Platform) {
  const service = new AuditEntries(platform);
  const exports = new AuditExports(platform);
  return {
    handlers: auditHandlers(service, exports),
    personalData: [auditData],
    service,
    exports,
  };
}

export type AuditFeature = ReturnType<typeof auditFeature>;
