import { freemem, totalmem } from 'node:os';
import type { HealthComponent, HealthReport, JobsComponent } from '../../../contract/health.ts';
import { type Actor, can } from '../../platform/auth/actor.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { IdentityProviders } from '../../platform/identity-providers/identity-provider.ts';
import type { Queue } from '../../platform/jobs/queue.ts';
import type { Mail } from '../../platform/mail/mail.ts';
import { problem } from '../../platform/problem-error.ts';
import {
  onceASecond,
  probeAudit,
  probeDatabase,
  probeJobs,
  probeMail,
  providersOf,
} from './probes.ts';

export interface HealthParts {
  readonly db: Database;
  readonly jobs: Queue;
  readonly mail: Mail;
  readonly silentProviders: IdentityProviders['silent'];
  /** For how long entries of the audit have waited for their seal. */
  readonly unsealedSeconds: () => Promise<number>;
  readonly clock: Clock;
  readonly version: string;
  /** What an operator should look at; it does not make the service degraded. */
  readonly configurationWarnings: readonly string[];
  /** Whether the process is stopping. */
  readonly isDraining: () => boolean;
}

type Components = Required<HealthReport>['components'];

export class Health {
  readonly #parts: HealthParts;
  readonly #startedAt: Date;
  readonly #database: () => Promise<HealthComponent>;
  readonly #jobs: () => Promise<JobsComponent>;
  readonly #mail: () => Promise<HealthComponent>;
  readonly #audit: () => Promise<HealthComponent>;

  constructor(parts: HealthParts) {
    this.#parts = parts;
    this.#startedAt = parts.clock.now();
    this.#database = onceASecond(() => probeDatabase(parts.db));
    this.#jobs = onceASecond(() => probeJobs(parts.jobs));
    this.#mail = onceASecond(() => probeMail(parts.mail));
    this.#audit = onceASecond(() => probeAudit(parts.unsealedSeconds));
  }

  /** The worst state of what is ours; details for holders of `health:read`. */
  async check(actor: Actor | undefined): Promise<HealthReport> {
    const { clock, version } = this.#parts;
    const [database, jobs, mail, audit] = await Promise.all([
      this.#database(),
      this.#jobs(),
      this.#mail(),
      this.#audit(),
    ]);
    const ours = {
      ...{ database, jobs, mail, audit },
      system: system(),
      configuration: {
        status: 'healthy' as const,
        warnings: [...this.#parts.configurationWarnings],
      },
    };
    const identityProviders = providersOf(this.#parts.silentProviders());
    const components: Components = { ...ours, identityProviders };
    const now = clock.now();
    const states = Object.values(ours).map(({ status }) => status);
    return {
      status: worst(states),
      checkedAt: now.toISOString(),
      ...(actor &&
        can(actor, 'health:read') && {
          version,
          uptimeSeconds: Math.max(0, (now.getTime() - this.#startedAt.getTime()) / 1000),
          components,
        }),
    };
  }

  /** @throws a problem `service_unavailable` while the service takes no work. */
  async assertReady(): Promise<void> {
    if (this.#parts.isDraining()) {
      throw problem('service_unavailable', { detail: 'The service is stopping.' });
    }
    const { status, warnings } = await this.#database();
    if (status === 'unhealthy') {
      throw problem('service_unavailable', {
        detail: warnings.join(' '),
        retryAfterSeconds: 2,
      });
    }
  }
}

function system(): HealthComponent {
  const used = 1 - freemem() / totalmem();
  const isTight = used > 0.95;
  return {
    status: isTight ? 'degraded' : 'healthy',
    warnings: isTight ? ['More than 95 % of the memory is in use.'] : [],
  };
}

function worst(states: readonly HealthReport['status'][]): HealthReport['status'] {
  if (states.includes('unhealthy')) return 'unhealthy';
  return states.includes('degraded') ? 'degraded' : 'healthy';
}
