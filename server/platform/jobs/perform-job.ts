import { runInCall } from '../observability/call-context.ts';
import type { JobObserver } from '../observability/job-metrics.ts';
import type { Log } from '../observability/log.ts';
import type { Envelope } from './envelope.ts';
import type { JobRun, Work } from './job.ts';

export interface Watching {
  readonly log: Log;
  readonly observer: JobObserver;
}

type Attempt = Omit<JobRun<unknown>, 'data'>;

/** Runs one attempt under the id of the request that enqueued it, for log, audit and traces. */
export function performJob(
  { job, perform }: Work,
  attempt: Attempt,
  { data, requestId, traceparent }: Envelope,
  watching?: Watching,
): Promise<void> {
  const observed = watching?.observer.begin(job.name, traceparent ?? undefined);
  const call = {
    origin: 'job' as const,
    id: requestId ?? attempt.id,
    address: '',
    userAgent: null,
    span: observed?.span,
    traceId: observed?.traceId,
    task: job.name,
    marks: job.marks,
  };
  return runInCall(call, async () => {
    try {
      await perform({ ...attempt, data: job.data.parse(data) });
      observed?.end('done');
    } catch (error) {
      const isDead = attempt.attempt >= job.attempts;
      observed?.end(isDead ? 'dead' : 'failed');
      if (watching) tell(watching.log, { err: error, job: job.name, ...attempt }, isDead);
      throw error;
    }
  });
}

interface Failed extends Pick<Attempt, 'id' | 'attempt'> {
  readonly err: unknown;
  readonly job: string;
}

function tell(log: Log, { err, job, id: jobId, attempt }: Failed, isDead: boolean): void {
  if (isDead) log.error({ err, job, jobId, attempt }, 'a job has failed for the last time');
  else log.warn({ err, job, jobId, attempt }, 'a job failed and is tried again');
}
