import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Whether the system keeps scheduler statistics; otherwise processes tell their own CPU time. */
export const hasSchedulerStatistics =
  existsSync('/proc/self/task') && existsSync('/proc/self/schedstat');

/** Microseconds on a CPU of a whole process: the event loop, the thread pool, the GC. */
export interface CpuTime {
  readonly totalUs: number;
  /** How the kernel divides it: not as exact as the total, and not quite its sum. */
  readonly userUs: number;
  readonly systemUs: number;
}

/**
 * The total is exact. User and system time come from the ticks of `/proc/<pid>/stat`, in steps of
 * 10 ms: asking the process (`process.cpuUsage`) gives microseconds, but the kernel divides them by
 * the same samples of its clock, and an answer costs the server time. Many rounds make the division
 * good, see `rounds.ts`.
 */
export function cpuTimeOf(pid: number): CpuTime {
  const tasks = `/proc/${pid}/task`;
  const nanos = readdirSync(tasks)
    .map((task) => Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]))
    .reduce((sum, taskNanos) => sum + taskNanos, 0);
  return { totalUs: nanos / 1000, ...ticksIn(readFileSync(`/proc/${pid}/stat`, 'utf8')) };
}

const tickUs = 10_000;

/** Fields 14 and 15 of a line whose second field, a name in brackets, may hold anything. */
export function ticksIn(stat: string): Omit<CpuTime, 'totalUs'> {
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { userUs: Number(fields[11]) * tickUs, systemUs: Number(fields[12]) * tickUs };
}

export function elapsed(before: CpuTime, after: CpuTime): CpuTime {
  return {
    totalUs: after.totalUs - before.totalUs,
    userUs: after.userUs - before.userUs,
    systemUs: after.systemUs - before.systemUs,
  };
}

/** Resident memory now, and the most there ever was; undefined where /proc does not tell. */
export function memoryOf(pid: number): { rssMb: number; peakMb: number } | undefined {
  if (!hasSchedulerStatistics) return undefined;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mb = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  return { rssMb: mb('VmRSS'), peakMb: mb('VmHWM') };
}
