import type { Platform } from '../../platform/platform.ts';
import { auditHandlers } from './handlers.ts';
import { auditData } from './personal-data.ts';
import { AuditEntries } from './service.ts';

export function auditFeature(platform: Platform) {
  return {
    handlers: auditHandlers(new AuditEntries(platform)),
    personalData: [auditData],
  };
}
