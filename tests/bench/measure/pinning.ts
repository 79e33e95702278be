import { spawnSync } from 'node:child_process';
import { availableParallelism, platform } from 'node:os';

/** Of the whole machine: asked before this process leaves one of them. */
export const cpus = availableParallelism();
export const isPinned =
  platform() === 'linux' && cpus > 1 && spawnSync('taskset', ['--version']).status === 0;

/** Whether so many servers can have a CPU each, and leave one for the load and the database. */
export const canLeave = (servers: number): boolean => isPinned && cpus > servers;

/** The coordinator leaves the servers' CPUs; the load generator and an embedded database inherit it. */
export function leaveServerCpus(servers: number): void {
  if (!canLeave(servers)) return;
  spawnSync('taskset', ['-a', '-p', '-c', `${servers}-${cpus - 1}`, String(process.pid)]);
}

/** The number of a CPU, or all of them for what has to share the machine as it is. */
export type Cpu = number | 'all';

/** A server alone on a CPU, the first one unless said. */
export function onServerCpu(file: string, args: readonly string[], cpu: Cpu = 0) {
  if (!isPinned) return { file, args: [...args] };
  const list = cpu === 'all' ? `0-${cpus - 1}` : String(cpu);
  return { file: 'taskset', args: ['-c', list, file, ...args] };
}
