import { existsSync, readFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { hasSchedulerStatistics } from '../measure/cpu.ts';
import { canLeave } from '../measure/pinning.ts';
import type { BenchDatabase } from '../world/database.ts';

export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly system: string;
  readonly node: string;
  readonly postgresql: string;
  readonly isEmbeddedDatabase: boolean;
  /** Servers have a core to themselves. */
  readonly isPinned: boolean;
  /** Where the CPU figures come from. */
  readonly cpuTime: string;
}

export function describeMachine({ version, isEmbedded }: BenchDatabase, servers: number): Machine {
  return {
    cpu: cpuName(),
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    postgresql: version,
    isEmbeddedDatabase: isEmbedded,
    isPinned: canLeave(servers),
    cpuTime: hasSchedulerStatistics ? 'scheduler statistics' : 'process.cpuUsage',
  };
}

/** Under which figures are published: those of another machine stay beside them. */
export function machineKey({ cpu, cores }: Pick<Machine, 'cpu' | 'cores'>): string {
  return `${cpu}, ${cores} cores`;
}

/** Virtual machines may tell no more than "AMD EPYC": the numbers keep two generations apart. */
function cpuName(): string {
  const name = cpus()[0]?.model.trim() ?? 'unknown';
  const told = existsSync('/proc/cpuinfo') ? readFileSync('/proc/cpuinfo', 'utf8') : '';
  const number = (field: string) => new RegExp(`^${field}\\s*: (\\d+)$`, 'm').exec(told)?.[1];
  const [family, model] = [number('cpu family'), number('model')];
  return family && model ? `${name} (family ${family}, model ${model})` : name;
}
