import packageJson from '../../../package.json' with { type: 'json' };
import { configurationWarnings } from '../../config/config.ts';
import type { Platform } from '../../platform/platform.ts';
import type { AuditFeature } from '../audit/feature.ts';
import { healthHandlers } from './handlers.ts';
import { Health } from './service.ts';

export function healthFeature(
  { db, jobs, mail, clock, config, stopping, identityProviders }: Platform,
  { audit }: { readonly audit: AuditFeature },
) {
  const health = new Health({
    db,
    jobs,
    mail,
    silentProviders: () => identityProviders.silent(),
    unsealedSeconds: () => audit.seals.lagSeconds(),
    clock,
    version: packageJson.version,
    configurationWarnings: configurationWarnings(config),
    isDraining: () => stopping.aborted,
  });
  return { handlers: healthHandlers(health) };
}
