import { runInCall } from '../observability/call-context.ts';
import type { JobRun, Work } from './job.ts';

/** Runs one attempt under the id of the request that enqueued it, for log, audit and traces. */
export function performJob(
  { job, perform }: Work,
  run: JobRun<unknown>,
  requestId: string | undefined,
): Promise<void> {
  const call = {
    origin: 'job' as const,
    id: requestId ?? run.id,
    address: '',
    userAgent: null,
    span: undefined,
    task: job.name,
  };
  return runInCall(call, () => perform({ ...run, data: job.data.parse(run.data) }));
}
