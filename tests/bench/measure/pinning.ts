import { spawnSync } from 'node:child_process';
import { availableParallelism, platform } from 'node:os';

/** Of the whole machine: asked before this process leaves one of them. */
export const cpus = availableParallelism();
export const isPinned =
  platform() === 'linux' && cpus > 1 && spawnSync('taskset', ['--version']).status === 0;

const serverCpu = '0';
const otherCpus = cpus > 2 ? `1-${cpus - 1}` : '1';

/** The coordinator leaves the server's CPU; the load generator and an embedded database inherit it. */
export function leaveServerCpu(): void {
  if (isPinned) spawnSync('taskset', ['-a', '-p', '-c', otherCpus, String(process.pid)]);
}

/** A server alone on its CPU; `all` for what has to share the machine as it is. */
export function onServerCpu(file: string, args: readonly string[], cpu: 'own' | 'all' = 'own') {
  if (!isPinned) return { file, args: [...args] };
  const list = cpu === 'own' ? serverCpu : `0-${cpus - 1}`;
  return { file: 'taskset', args: ['-c', list, file, ...args] };
}
