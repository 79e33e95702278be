import { existsSync, readdirSync, readFileSync } from 'node:fs';

/** Whether the system keeps scheduler statistics; otherwise processes tell their own CPU time. */
export const hasSchedulerStatistics =
  existsSync('/proc/self/task') && existsSync('/proc/self/schedstat');

/** Nanoseconds on a CPU of all threads of a process: the event loop, the thread pool, the GC. */
export function cpuNanos(pid: number): number {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks)
    .map((task) => Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]))
    .reduce((sum, nanos) => sum + nanos, 0);
}

/** Resident memory now, and the most there ever was; undefined where /proc does not tell. */
export function memoryOf(pid: number): { rssMb: number; peakMb: number } | undefined {
  if (!hasSchedulerStatistics) return undefined;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const mb = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  return { rssMb: mb('VmRSS'), peakMb: mb('VmHWM') };
}
