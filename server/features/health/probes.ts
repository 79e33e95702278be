import type {
  DatabaseComponent,
  HealthComponent,
  JobsComponent,
  ReplicaComponent,
  SchemaComponent,
  SignInsComponent,
  VaultComponent,
  WebhooksComponent,
} from '../../../contract/health-components.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { LastMigration } from '../../platform/db/last-migration.ts';
import { assertWritable, isReadOnly } from '../../platform/db/read-only.ts';
import type { Replica } from '../../platform/db/replica/replica.ts';
import type { Silent } from '../../platform/identity-providers/silence.ts';
import type { Queue } from '../../platform/jobs/queue.ts';
import type { Mail } from '../../platform/mail/mail.ts';
import type { PoolState } from '../../platform/observability/pool-metrics.ts';
import type { WebhookBacklog } from '../../platform/observability/webhook-metrics.ts';
import type { Redis } from '../../platform/redis/redis.ts';
import type { VaultState } from '../../platform/secrets/vault/vault.ts';
import type { FailingSignIns } from '../auth/failing.ts';
import { ask, inTime, msSince } from './timing.ts';

/** A worker looks every few seconds: what is due for so long, nobody works off. */
export const neglectedSeconds = 300;
/** The job that seals comes every five minutes. */
export const unsealedSeconds = 1_800;
/** More than mistype within a quarter of an hour, but for a large house. */
const manyFailing = 100;
const endingSoonMs = 7 * 86_400_000;

export async function probeDatabase(
  db: Database,
  pool: () => PoolState,
): Promise<DatabaseComponent> {
  const startedAt = performance.now();
  const warnings = await inTime(assertWritable(db)).then(
    () => [],
    (error: unknown) => [
      isReadOnly(error) ? 'The database takes no writes.' : 'The database does not answer.',
    ],
  );
  const status = warnings.length === 0 ? 'healthy' : 'unhealthy';
  return { status, durationMs: msSince(startedAt), warnings, pool: pool() };
}

/** The service does its work without the queue, and what waits is not lost: degraded, no worse. */
export async function probeJobs(jobs: Queue): Promise<JobsComponent> {
  const { answer: state, durationMs } = await ask(jobs.state());
  const { waiting, oldestWaitingSeconds, dead } = state ?? unknown;
  const warnings = [
    ...(state ? [] : ['The queue cannot be read.']),
    ...(dead > 0 ? ['Jobs have failed for good: look at `charter jobs list --state dead`.'] : []),
    ...(oldestWaitingSeconds > neglectedSeconds
      ? ['Nobody works off jobs, or not fast enough: start `charter worker`.']
      : []),
  ];
  return {
    status: warnings.length === 0 ? 'healthy' : 'degraded',
    durationMs,
    warnings,
    waiting,
    oldestWaitingSeconds: Math.round(oldestWaitingSeconds),
    dead,
  };
}

/** What the attempts of all processes left: nobody calls the mail server for this. */
export async function probeMail(mail: Mail): Promise<HealthComponent> {
  const { answer: trouble, durationMs } = await ask(mail.trouble());
  if (!trouble)
    return { status: 'degraded', durationMs, warnings: ['The state of the mails is not known.'] };
  const { waiting, failed, lastError } = trouble;
  const warnings = [
    ...(waiting > 0 ? [`${waiting} mails wait, and were not taken so far: ${lastError}.`] : []),
    ...(failed > 0 ? [`${failed} mails of the last day were given up: ${lastError}.`] : []),
  ];
  return { status: waiting > 0 ? 'degraded' : 'healthy', durationMs, warnings };
}

/** A receiver that takes nothing is none of our failures: people are told, and the service is no worse. */
export async function probeWebhooks(
  read: () => Promise<WebhookBacklog>,
): Promise<WebhooksComponent> {
  const { answer, durationMs } = await ask(read());
  const { waiting, oldestWaitingSeconds, paused } = answer ?? nothingWaits;
  const isNeglected = oldestWaitingSeconds > neglectedSeconds;
  const warnings = [
    ...(answer ? [] : ['What waits for webhooks is not known.']),
    ...(isNeglected ? ['Events wait for webhooks: does a worker run, and fast enough?'] : []),
    ...(paused > 0 ? [`${paused} webhooks were paused because nothing arrived there.`] : []),
  ];
  return {
    status: answer && !isNeglected ? 'healthy' : 'degraded',
    durationMs,
    warnings,
    waiting,
    oldestWaitingSeconds: Math.round(oldestWaitingSeconds),
    paused,
  };
}

/** Nothing is lost with it that PostgreSQL or this process could not do: degraded, no worse. */
export async function probeRedis(redis: Redis): Promise<HealthComponent> {
  const { durationMs } = await ask(redis.check());
  const warnings = redis.ready
    ? []
    : ['Redis does not answer, or takes no writes: each process counts limits for itself.'];
  return { status: redis.ready ? 'healthy' : 'degraded', durationMs, warnings };
}

/** What this process found when it looked last. The primary answers what it does not: degraded, no worse. */
export function replicaOf(replica: Pick<Replica, 'trouble' | 'lagSeconds'>): ReplicaComponent {
  const { trouble, lagSeconds } = replica;
  const status = trouble ? 'degraded' : 'healthy';
  const words = `The primary answers what the replica could: ${trouble?.why}.`;
  return { status, warnings: trouble ? [words.slice(0, 500)] : [], lagSeconds: lagSeconds ?? null };
}

/** What was read last stays in use: degraded, because the next change would not arrive. */
export function vaultOf(state: VaultState, now: Date): VaultComponent {
  const { trouble, tokenEndsAt, secrets } = state;
  const ageSeconds = Math.round(state.ageSeconds);
  const isEnding = tokenEndsAt && tokenEndsAt.getTime() - now.getTime() < endingSoonMs;
  const warnings = [
    ...(trouble === undefined
      ? []
      : [`Vault could not be read for ${ageSeconds} s; what was read before stays in use.`]),
    ...(isEnding
      ? [`The token for Vault ends at ${tokenEndsAt.toISOString()}, and cannot be renewed.`]
      : []),
  ];
  const status = trouble === undefined ? 'healthy' : 'degraded';
  return { status, warnings, ageSeconds, secrets: [...secrets] };
}

/** What waits for its seal can still be changed unseen: degraded, because the work goes on. */
export async function probeAudit(lagSeconds: () => Promise<number>): Promise<HealthComponent> {
  const { answer: lag, durationMs } = await ask(lagSeconds());
  const warnings = [
    ...(lag === undefined ? ['Whether the audit is sealed is not known.'] : []),
    ...((lag ?? 0) > unsealedSeconds
      ? [
          'Entries of the audit have waited for their seal for over half an hour: does a worker run?',
        ]
      : []),
  ];
  return { status: warnings.length === 0 ? 'healthy' : 'degraded', durationMs, warnings };
}

export async function probeSchema(
  last: () => Promise<LastMigration | undefined>,
): Promise<SchemaComponent> {
  const { answer, durationMs } = await ask(last());
  return {
    status: answer ? 'healthy' : 'degraded',
    durationMs,
    warnings: answer ? [] : ['What ran last on the schema is not known.'],
    lastMigration: answer?.name ?? null,
    migratedAt: answer?.migratedAt.toISOString() ?? null,
  };
}

/** Guesses are held back, and harm nobody: a warning for people, and no worse. */
export async function probeSignIns(read: () => Promise<FailingSignIns>): Promise<SignInsComponent> {
  const { answer, durationMs } = await ask(read());
  const { failing, heldBack } = answer ?? { failing: 0, heldBack: 0 };
  const warnings = [
    ...(answer ? [] : ['What the attempts to sign in left cannot be read.']),
    ...(failing >= manyFailing
      ? ['Sign-ins fail at many accounts: somebody may be trying out stolen passwords.']
      : []),
  ];
  return { status: answer ? 'healthy' : 'degraded', durationMs, warnings, failing, heldBack };
}

/** What this process found when it asked them last: a probe calls nobody. */
export function providersOf(silent: readonly Silent[]): HealthComponent {
  const warnings = silent
    .slice(0, 20)
    .map(
      ({ name, since }) =>
        `The sign-in provider ${name} has not answered since ${since.toISOString()}.`,
    );
  return { status: warnings.length === 0 ? 'healthy' : 'degraded', warnings };
}

const unknown = { waiting: 0, oldestWaitingSeconds: 0, dead: 0 };
const nothingWaits = { waiting: 0, oldestWaitingSeconds: 0, paused: 0 };
