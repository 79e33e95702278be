import type { HealthComponent } from '../../../contract/health-components.ts';
import type { Storage } from '../../platform/storage/storage.ts';
import { StorageFailure } from '../../platform/storage/storage-failure.ts';
import { inTime, msSince, oneAtATime } from './timing.ts';

/** A bucket costs money and time at each look: what was well is taken to be so for a while. */
const wellMs = 10_000;

/** Exports wait without it, and nothing else does: degraded, no worse. */
export function storageProbe(storage: Pick<Storage, 'check'>): () => Promise<HealthComponent> {
  const check = oneAtATime(() => storage.check());
  let well: { at: number; component: HealthComponent } | undefined;
  return async () => {
    const startedAt = performance.now();
    if (well && startedAt - well.at < wellMs) return well.component;
    const warnings = await inTime(check()).then(() => [], warningsOf);
    const status = warnings.length === 0 ? 'healthy' : 'degraded';
    const component: HealthComponent = { status, durationMs: msSince(startedAt), warnings };
    well = status === 'healthy' ? { at: startedAt, component } : undefined;
    return component;
  };
}

function warningsOf(error: unknown): string[] {
  const advice = error instanceof StorageFailure ? error.advice : 'It does not answer in time';
  return [`The storage of files: ${advice.slice(0, 400)}.`];
}
