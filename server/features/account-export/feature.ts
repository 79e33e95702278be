import { onSchedule, works } from '../../platform/jobs/job.ts';
import type { Platform } from '../../platform/platform.ts';
import type { OneTimeTokensFeature } from '../one-time-tokens/feature.ts';
import { accountExportHandlers } from './handlers.ts';
import { makeArchive, sweepArchives } from './jobs.ts';
import { exportsData } from './personal-data.ts';
import { AccountExports } from './service.ts';

export function accountExportFeature(
  platform: Platform,
  { oneTimeTokens }: { readonly oneTimeTokens: OneTimeTokensFeature },
) {
  const service = new AccountExports(platform, oneTimeTokens.service);
  return {
    handlers: accountExportHandlers(service),
    jobs: [
      works(makeArchive, ({ data, signal }) => service.make(data.exportId, signal)),
      onSchedule(sweepArchives, '41 * * * *', () => service.sweep()),
    ],
    personalData: [exportsData(service)],
    service,
  };
}
