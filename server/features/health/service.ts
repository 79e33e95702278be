import type { HealthReport } from '../../../contract/health.ts';
import { type Actor, can } from '../../platform/auth/actor.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import { lastMigration } from '../../platform/db/last-migration.ts';
import type { Replica } from '../../platform/db/replica/replica.ts';
import type { IdentityProviders } from '../../platform/identity-providers/identity-provider.ts';
import type { Queue } from '../../platform/jobs/queue.ts';
import type { Mail } from '../../platform/mail/mail.ts';
import type { PoolState } from '../../platform/observability/pool-metrics.ts';
import type { WebhookBacklog } from '../../platform/observability/webhook-metrics.ts';
import { problem } from '../../platform/problem-error.ts';
import type { Redis } from '../../platform/redis/redis.ts';
import type { Vault } from '../../platform/secrets/vault/vault.ts';
import type { Storage } from '../../platform/storage/storage.ts';
import type { FailingSignIns } from '../auth/failing.ts';
import {
  probeAudit,
  probeDatabase,
  probeJobs,
  probeMail,
  probeRedis,
  probeSchema,
  probeSignIns,
  probeWebhooks,
  providersOf,
  replicaOf,
  vaultOf,
} from './probes.ts';
import { storageProbe } from './storage.ts';
import { systemProbe } from './system.ts';
import { onceASecond } from './timing.ts';

export interface HealthParts {
  readonly db: Database;
  readonly pool: () => PoolState;
  readonly replica: Pick<Replica, 'trouble' | 'lagSeconds'> | undefined;
  readonly redis: Redis | undefined;
  readonly vault: Pick<Vault, 'state'> | undefined;
  readonly jobs: Queue;
  readonly mail: Mail;
  readonly webhookBacklog: () => Promise<WebhookBacklog>;
  readonly silentProviders: IdentityProviders['silent'];
  /** For how long entries of the audit have waited for their seal. */
  readonly unsealedSeconds: () => Promise<number>;
  readonly failingSignIns: () => Promise<FailingSignIns>;
  readonly storage: Storage;
  /** The folder, where there is no bucket. */
  readonly storagePath: string | undefined;
  readonly clock: Clock;
  readonly version: string;
  /** What an operator should look at; it does not make the service degraded. */
  readonly configurationWarnings: () => readonly string[];
  /** Whether the process is stopping. */
  readonly isDraining: () => boolean;
}

type Components = Required<HealthReport>['components'];
type Told = 'schema' | 'signIns' | 'identityProviders' | 'configuration';

export class Health {
  readonly #parts: HealthParts;
  readonly #startedAt: Date;
  readonly #probes: ReturnType<typeof probesOf>;

  constructor(parts: HealthParts) {
    this.#parts = parts;
    this.#startedAt = parts.clock.now();
    this.#probes = probesOf(parts);
  }

  /** The worst state of what is ours; details for holders of `health:read`. */
  async check(actor: Actor | undefined): Promise<HealthReport> {
    const { clock, version, vault, replica } = this.#parts;
    const [database, jobs, mail, webhooks, audit, redis, storage, system] = await Promise.all([
      this.#probes.database(),
      this.#probes.jobs(),
      this.#probes.mail(),
      this.#probes.webhooks(),
      this.#probes.audit(),
      this.#probes.redis?.(),
      this.#probes.storage(),
      this.#probes.system(),
    ]);
    const now = clock.now();
    const ours = {
      ...{ database, jobs, mail, webhooks, audit, storage, system },
      ...(redis && { redis }),
      ...(replica && { replica: replicaOf(replica) }),
      ...(vault && { vault: vaultOf(vault.state, now) }),
    };
    const report = {
      status: worst(Object.values(ours).map(({ status }) => status)),
      checkedAt: now.toISOString(),
    };
    if (!actor || !can(actor, 'health:read')) return report;
    const uptimeSeconds = Math.max(0, (now.getTime() - this.#startedAt.getTime()) / 1000);
    const components = { ...ours, ...(await this.#details()) };
    return { ...report, version, uptimeSeconds, components };
  }

  /** What is told, and makes the service no worse: nobody else pays for asking. */
  async #details(): Promise<Pick<Components, Told>> {
    const [schema, signIns] = await Promise.all([this.#probes.schema(), this.#probes.signIns()]);
    const identityProviders = providersOf(this.#parts.silentProviders());
    const warnings = this.#parts.configurationWarnings().slice(0, 20);
    return { schema, signIns, identityProviders, configuration: { status: 'healthy', warnings } };
  }

  /** @throws a problem `service_unavailable` while the service takes no work. */
  async assertReady(): Promise<void> {
    if (this.#parts.isDraining()) {
      throw problem('service_unavailable', { detail: 'The service is stopping.' });
    }
    const { status, warnings } = await this.#probes.database();
    if (status === 'unhealthy') {
      throw problem('service_unavailable', {
        detail: warnings.join(' '),
        retryAfterSeconds: 2,
      });
    }
  }
}

function probesOf(parts: HealthParts) {
  const { redis } = parts;
  return {
    database: onceASecond(() => probeDatabase(parts.db, parts.pool)),
    jobs: onceASecond(() => probeJobs(parts.jobs)),
    mail: onceASecond(() => probeMail(parts.mail)),
    webhooks: onceASecond(() => probeWebhooks(parts.webhookBacklog)),
    audit: onceASecond(() => probeAudit(parts.unsealedSeconds)),
    redis: redis && onceASecond(() => probeRedis(redis)),
    storage: onceASecond(storageProbe(parts.storage)),
    system: onceASecond(systemProbe(parts.storagePath)),
    schema: onceASecond(() => probeSchema(() => lastMigration(parts.db))),
    signIns: onceASecond(() => probeSignIns(parts.failingSignIns)),
  };
}

function worst(states: readonly HealthReport['status'][]): HealthReport['status'] {
  if (states.includes('unhealthy')) return 'unhealthy';
  return states.includes('degraded') ? 'degraded' : 'healthy';
}
