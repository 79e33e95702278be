import { setTimeout as pause } from 'node:timers/promises';
import type { Platform } from '../platform/platform.ts';

const longestWaitMs = 30_000;

/**
 * Begins to work off jobs, however long the database is away: an API goes on without. Resolves once
 * it has begun, or when the process stops.
 */
export async function beginWork({ jobs, followers, log, stopping }: Platform): Promise<void> {
  for (let waitMs = 1_000; !stopping.aborted; waitMs = Math.min(waitMs * 2, longestWaitMs)) {
    try {
      await jobs.work();
      followers.begin();
      log.info('working off jobs');
      return;
    } catch (error) {
      if (stopping.aborted) return;
      log.warn({ err: error, againInMs: waitMs }, 'jobs cannot be worked off yet');
      await pause(waitMs, undefined, { signal: stopping }).catch(() => {});
    }
  }
}
