import { runInCall } from '../observability/call-context.ts';
import type { JobEnd, JobObserver } from '../observability/job-metrics.ts';
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
      const end = attempt.attempt >= job.attempts ? 'dead' : 'failed';
      observed?.end(end);
      watching?.log[levelOf(end)](
        { err: error, job: job.name, jobId: attempt.id, attempt: attempt.attempt },
        end === 'dead' ? 'a job has failed for the last time' : 'a job failed and is tried again',
      );
      throw error;
    }
  });
}

function levelOf(end: JobEnd): 'error' | 'warn' {
  return end === 'dead' ? 'error' : 'warn';
}
