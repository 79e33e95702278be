import { onSchedule } from '../../platform/jobs/job.ts';
import type { Platform } from '../../platform/platform.ts';
import type { SessionsFeature } from '../sessions/feature.ts';
import { erasuresPutOff } from './after-restore.ts';
import { accountErasureHandlers } from './handlers.ts';
import { eraseDueAccounts } from './jobs.ts';
import { erasureOfAccount } from './personal-data.ts';
import { AccountErasures } from './service.ts';

export function accountErasureFeature(
  platform: Platform,
  { sessions }: { readonly sessions: SessionsFeature },
) {
  const service = new AccountErasures(platform, sessions.service);
  return {
    handlers: accountErasureHandlers(service),
    jobs: [onSchedule(eraseDueAccounts, '11 * * * *', ({ signal }) => service.eraseDue(signal))],
    personalData: [erasureOfAccount],
    afterRestore: [erasuresPutOff(platform)],
    service,
  };
}
