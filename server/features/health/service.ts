import { freemem, totalmem } from 'node:os';
import type { HealthComponent, HealthReport } from '../../../contract/health.ts';
import { type Actor, can } from '../../platform/auth/actor.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import { assertWritable, isReadOnly } from '../../platform/db/read-only.ts';
import { problem } from '../../platform/problem-error.ts';

export interface HealthParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly version: string;
  /** What an operator should look at; it does not make the service degraded. */
  readonly configurationWarnings: readonly string[];
  /** Whether the process is stopping. */
  readonly isDraining: () => boolean;
}

const probeLimitMs = 1_000;
const probeLifeMs = 1_000;

type Components = Required<HealthReport>['components'];

export class Health {
  readonly #parts: HealthParts;
  // One probe a second, however many ask: a probe must not become a load of its own.
  readonly #startedAt: Date;
  #probe: { at: number; result: Promise<HealthComponent> } | undefined;

  constructor(parts: HealthParts) {
    this.#parts = parts;
    this.#startedAt = parts.clock.now();
  }

  /** The worst state of the components; details for holders of `health:read`. */
  async check(actor: Actor | undefined): Promise<HealthReport> {
    const { clock, version } = this.#parts;
    const components: Components = {
      database: await this.#database(),
      system: system(),
      configuration: { status: 'healthy', warnings: [...this.#parts.configurationWarnings] },
    };
    const now = clock.now();
    const states = Object.values(components).map(({ status }) => status);
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

  #database(): Promise<HealthComponent> {
    const now = performance.now();
    if (!this.#probe || now - this.#probe.at > probeLifeMs) {
      this.#probe = { at: now, result: probe(this.#parts.db) };
    }
    return this.#probe.result;
  }
}

async function probe(db: Database): Promise<HealthComponent> {
  const startedAt = performance.now();
  const { promise: limit, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('no answer in time')), probeLimitMs);
  const warnings = await Promise.race([assertWritable(db), limit]).then(
    () => [],
    (error: unknown) => [
      isReadOnly(error) ? 'The database takes no writes.' : 'The database does not answer.',
    ],
  );
  clearTimeout(timer);
  return {
    status: warnings.length === 0 ? 'healthy' : 'unhealthy',
    durationMs: Math.round((performance.now() - startedAt) * 10) / 10,
    warnings,
  };
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
