import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SmallDisk {
  readonly folder: string;
  /** Writes a file that takes all that is free. */
  fill(file: string): void;
  unmount(): void;
}

/** A file system of this size, in memory; undefined where this user cannot mount one. */
export function smallDisk({ megabytes }: { megabytes: number }): SmallDisk | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'charter-small-disk-'));
  const options = `size=${megabytes}m`;
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]);
  if (status !== 0) {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  // PostgreSQL runs as somebody else where we are root.
  chmodSync(folder, 0o755);
  return {
    folder,
    // It ends with an error: there is no space left.
    fill: (file) => void spawnSync('dd', ['if=/dev/zero', `of=${file}`, 'bs=64k']),
    unmount: () => {
      execFileSync('umount', ['--lazy', folder]);
      rmSync(folder, { recursive: true });
    },
  };
}
