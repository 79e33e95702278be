import { onSchedule } from '../../platform/jobs/job.ts';
import type { Platform } from '../../platform/platform.ts';
import { AuditExports } from './export.ts';
import { auditHandlers } from './handlers.ts';
import { retainEntries, sealEntries } from './jobs.ts';
import { auditData } from './personal-data.ts';
import { retain } from './retention.ts';
import { Seals } from './seals.ts';
import { AuditEntries } from './service.ts';

export function auditFeature(platform: Platform) {
  const service = new AuditEntries();
  const exports = new AuditExports(platform);
  const seals = new Seals(platform);
  platform.telemetry.audit.watch(() => seals.lagSeconds());
  return {
    handlers: auditHandlers(service, exports),
    jobs: [
      onSchedule(sealEntries, '*/5 * * * *', ({ signal }) => seals.seal(signal)),
      onSchedule(retainEntries, '53 3 * * *', ({ signal }) => retain(platform, signal)),
    ],
    personalData: [auditData],
    service,
    exports,
    seals,
  };
}

export type AuditFeature = ReturnType<typeof auditFeature>;
