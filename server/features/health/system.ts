import { statfs } from 'node:fs/promises';
import { availableParallelism, freemem, loadavg, totalmem } from 'node:os';
import { dirname } from 'node:path';
import type { SystemComponent } from '../../../contract/health-components.ts';
import { ask } from './timing.ts';

/** What the machine has left. */
export interface Reading extends Pick<SystemComponent, 'cpuLoad' | 'memoryUsed' | 'storageFree'> {
  readonly durationMs: number;
}

const tightMemory = 0.95;
const scarceStorage = 0.1;

/** Looks at the machine, and at the disk where files are kept. */
export function systemProbe(storagePath: string): () => Promise<SystemComponent> {
  const storage = oneAtATime(() => freeShareOf(storagePath));
  return async () => {
    const { answer: storageFree = null, durationMs } = await ask(storage());
    const cpuLoad = rounded((loadavg()[0] ?? 0) / availableParallelism());
    const memoryUsed = rounded(1 - freemem() / totalmem());
    return systemOf({ durationMs, cpuLoad, memoryUsed, storageFree });
  };
}

/** A busy processor is no trouble in itself: it is shown, and degrades nothing. */
export function systemOf({ memoryUsed, storageFree, ...reading }: Reading): SystemComponent {
  const warnings = [
    ...(memoryUsed > tightMemory ? ['More than 95 % of the memory is in use.'] : []),
    ...(storageFree === null ? ['The disk where files are kept does not answer.'] : []),
    ...(storageFree !== null && storageFree < scarceStorage
      ? ['Less than 10 % of the disk where files are kept is free.']
      : []),
  ];
  const status = warnings.length === 0 ? 'healthy' : 'degraded';
  return { status, ...reading, warnings, memoryUsed, storageFree };
}

/** Without rights to reserve; of the nearest folder that is there, as the first file makes the rest. */
async function freeShareOf(path: string): Promise<number> {
  try {
    const { bavail, blocks } = await statfs(path);
    return blocks === 0 ? 0 : rounded(bavail / blocks);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    if (!isMissing || dirname(path) === path) throw error;
    return freeShareOf(dirname(path));
  }
}

/** A disk that hangs holds one of the few threads for files and hashes: one, and no more. */
function oneAtATime<Result>(work: () => Promise<Result>): () => Promise<Result> {
  let underWay: Promise<Result> | undefined;
  return () => {
    underWay ??= work().finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}

function rounded(share: number): number {
  return Math.round(share * 1_000) / 1_000;
}
