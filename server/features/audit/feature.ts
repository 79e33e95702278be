import type { Platform } from '../../platform/platform.ts';
import { auditHandlers } from './handlers.ts';
import { auditData } from './personal-data.ts';
import { AuditEntries } from './service.ts';

export function auditFeature(platform: Platform) {
  const service = new AuditEntries(platform);
  return {
    handlers: auditHandlers(service),
    personalData: [auditData],
    service,
  };
}

export type AuditFeature = ReturnType<typeof auditFeature>;
