import packageJson from '../../../package.json' with { type: 'json' };
import { configurationWarnings } from '../../config/config.ts';
import type { Platform } from '../../platform/platform.ts';
import type { AuditFeature } from '../audit/feature.ts';
import type { AuthFeature } from '../auth/feature.ts';
import type { SessionsFeature } from '../sessions/feature.ts';
import type { WebhooksFeature } from '../webhooks/feature.ts';
import { healthHandlers } from './handlers.ts';
import { Health } from './service.ts';

/** What knows something of how the service is. */
interface Asked {
  readonly audit: AuditFeature;
  readonly auth: Pick<AuthFeature, 'failingSignIns'>;
  readonly sessions: Pick<SessionsFeature, 'otherIssuers'>;
  readonly webhooks: Pick<WebhooksFeature, 'backlog'>;
}

export function healthFeature(
  {
    db,
    databases,
    redis,
    vault,
    secrets,
    jobs,
    mail,
    clock,
    config,
    stopping,
    identityProviders,
    telemetry,
    storage,
  }: Platform,
  { audit, auth, sessions, webhooks }: Asked,
) {
  const warnings = configurationWarnings(config);
  const health = new Health({
    db,
    pool: () => telemetry.pool.state,
    replica: databases.replica,
    redis,
    vault,
    jobs,
    mail,
    webhookBacklog: webhooks.backlog,
    silentProviders: () => identityProviders.silent(),
    unsealedSeconds: () => audit.seals.lagSeconds(),
    failingSignIns: auth.failingSignIns,
    storage,
    storagePath: config.storage.s3 ? undefined : config.storage.path,
    clock,
    version: packageJson.version,
    configurationWarnings: () => [
      ...warnings,
      ...databases.warnings(),
      ...secrets.warnings(),
      ...sessions.otherIssuers.warnings(),
    ],
    isDraining: () => stopping.aborted,
  });
  return { handlers: healthHandlers(health) };
}
