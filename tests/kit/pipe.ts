import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdtempSync, openSync, rmSync } from 'node:fs';
import { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A pipe as a shell makes it, both ends: `fd` for a child to write to. */
export interface Pipe {
  readonly fd: number;
  readonly reader: Socket;
  /** Once the child has its end, ours must go: the reader would wait for it, too. */
  handOver(): void;
}

export function createPipe(): Pipe {
  const folder = mkdtempSync(join(tmpdir(), 'charter-pipe-'));
  const path = join(folder, 'pipe');
  execFileSync('mkfifo', [path]);
  const reader = new Socket({
    fd: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK),
    readable: true,
    writable: false,
  });
  const fd = openSync(path, 'w');
  rmSync(folder, { recursive: true });
  return { fd, reader, handOver: () => closeSync(fd) };
}
