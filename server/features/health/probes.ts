import type { HealthComponent, JobsComponent } from '../../../contract/health.ts';
import type { Database } from '../../platform/db/connect.ts';
import { assertWritable, isReadOnly } from '../../platform/db/read-only.ts';
import type { Silent } from '../../platform/identity-providers/silence.ts';
import type { Queue } from '../../platform/jobs/queue.ts';
import type { Mail } from '../../platform/mail/mail.ts';

const limitMs = 1_000;
const lifeMs = 1_000;
/** A worker looks every few seconds: what is due for so long, nobody works off. */
const neglectedSeconds = 300;
/** The job that seals comes every five minutes. */
const unsealedSeconds = 1_800;

/** One probe a second, however many ask: a probe must not become a load of its own. */
export function onceASecond<Result>(probe: () => Promise<Result>): () => Promise<Result> {
  let last: { at: number; result: Promise<Result> } | undefined;
  return () => {
    const now = performance.now();
    if (!last || now - last.at > lifeMs) last = { at: now, result: probe() };
    return last.result;
  };
}

export async function probeDatabase(db: Database): Promise<HealthComponent> {
  const startedAt = performance.now();
  const warnings = await inTime(assertWritable(db)).then(
    () => [],
    (error: unknown) => [
      isReadOnly(error) ? 'The database takes no writes.' : 'The database does not answer.',
    ],
  );
  const status = warnings.length === 0 ? 'healthy' : 'unhealthy';
  return { status, durationMs: msSince(startedAt), warnings };
}

/** The service does its work without the queue, and what waits is not lost: degraded, no worse. */
export async function probeJobs(jobs: Queue): Promise<JobsComponent> {
  const startedAt = performance.now();
  const state = await inTime(jobs.state()).catch(() => undefined);
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
    durationMs: msSince(startedAt),
    warnings,
    waiting,
    oldestWaitingSeconds: Math.round(oldestWaitingSeconds),
    dead,
  };
}

/** What the attempts of all processes left: nobody calls the mail server for this. */
export async function probeMail(mail: Mail): Promise<HealthComponent> {
  const trouble = await inTime(mail.trouble()).catch(() => undefined);
  if (!trouble) return { status: 'degraded', warnings: ['The state of the mails is not known.'] };
  const { waiting, failed, lastError } = trouble;
  const warnings = [
    ...(waiting > 0 ? [`${waiting} mails wait, and were not taken so far: ${lastError}.`] : []),
    ...(failed > 0 ? [`${failed} mails of the last day were given up: ${lastError}.`] : []),
  ];
  return { status: waiting > 0 ? 'degraded' : 'healthy', warnings };
}

/** What waits for its seal can still be changed unseen: degraded, because the work goes on. */
export async function probeAudit(lagSeconds: () => Promise<number>): Promise<HealthComponent> {
  const lag = await inTime(lagSeconds()).catch(() => undefined);
  const warnings = [
    ...(lag === undefined ? ['Whether the audit is sealed is not known.'] : []),
    ...((lag ?? 0) > unsealedSeconds
      ? [
          'Entries of the audit have waited for their seal for over half an hour: does a worker run?',
        ]
      : []),
  ];
  return { status: warnings.length === 0 ? 'healthy' : 'degraded', warnings };
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

async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  const { promise: limit, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new Error('no answer in time')), limitMs);
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

function msSince(startedAt: number): number {
  return Math.round((performance.now() - startedAt) * 10) / 10;
}
