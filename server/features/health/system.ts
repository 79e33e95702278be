import { statfs } from 'node:fs/promises';
import { availableParallelism, freemem, loadavg, totalmem } from 'node:os';
import { dirname } from 'node:path';
import type { SystemComponent } from '../../../contract/health-components.ts';
import { ask, oneAtATime } from './timing.ts';

/** What the machine has left. */
export interface Reading extends Pick<SystemComponent, 'cpuLoad' | 'memoryUsed'> {
  readonly durationMs: number;
  /** Null: not known. Undefined: files are not kept on a disk. */
  readonly storageFree: SystemComponent['storageFree'] | undefined;
}

const tightMemory = 0.95;
const scarceStorage = 0.1;

/** Looks at the machine, and at the disk where files are kept, if they are kept on one. */
export function systemProbe(storagePath: string | undefined): () => Promise<SystemComponent> {
  const disk = oneAtATime(async () =>
    storagePath === undefined ? undefined : { free: await freeShareOf(storagePath) },
  );
  return async () => {
    const { answer, durationMs } = await ask(disk());
    // Where there is a bucket, nothing is missing.
    const storageFree = storagePath === undefined ? undefined : (answer?.free ?? null);
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
    ...(typeof storageFree === 'number' && storageFree < scarceStorage
      ? ['Less than 10 % of the disk where files are kept is free.']
      : []),
  ];
  const status = warnings.length === 0 ? 'healthy' : 'degraded';
  return { status, ...reading, warnings, memoryUsed, storageFree: storageFree ?? null };
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

function rounded(share: number): number {
  return Math.round(share * 1_000) / 1_000;
}
