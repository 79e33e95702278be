import { cpus, totalmem } from 'node:os';
import { hasSchedulerStatistics } from '../measure/cpu.ts';
import { isPinned } from '../measure/pinning.ts';
import type { BenchDatabase } from '../world/database.ts';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly postgresql: string;
  readonly isEmbeddedDatabase: boolean;
  readonly isPinned: boolean;
  /** Where the CPU figures come from. */
  readonly cpuTime: string;
}

export function describeMachine({ version, isEmbedded }: BenchDatabase): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    postgresql: version,
    isEmbeddedDatabase: isEmbedded,
    isPinned,
    cpuTime: hasSchedulerStatistics ? 'scheduler statistics' : 'process.cpuUsage',
  };
}
