import { readFileSync } from 'node:fs';

/** What the system says of a process: `VmRSS` it has now, `VmHWM` it had at most; NaN elsewhere than on Linux. */
export function memoryMb(pid: number | undefined, name: 'VmRSS' | 'VmHWM'): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}
