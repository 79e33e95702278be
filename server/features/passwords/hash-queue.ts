import { availableParallelism } from 'node:os';
import { BoundedQueue, type QueueLimits } from '../../platform/bounded-queue.ts';
import { problem } from '../../platform/problem-error.ts';

/**
 * Runs password hashes a few at a time, so that a storm of sign-ins cannot starve other
 * requests: one core stays free. Beyond it: `service_unavailable`.
 */
export class HashQueue extends BoundedQueue {
  constructor({
    atOnce = Math.max(1, availableParallelism() - 1),
    maxWaiting = 50,
    maxWaitMs = 2_000,
  }: Partial<QueueLimits> = {}) {
    super({ atOnce, maxWaiting, maxWaitMs }, busy);
  }
}

function busy() {
  return problem('service_unavailable', {
    detail: 'Too many sign-ins at the moment.',
    retryAfterSeconds: 2,
  });
}
