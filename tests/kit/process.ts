import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { vi } from 'vitest';

import { testSecrets } from './cluster.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

export interface Running {
  readonly child: ChildProcess;
  /** Everything written so far, on both streams. */
  output(): string;
  /** The address that the process listens on, once it does. */
  listening(): Promise<string>;
  /** The exit code. */
  readonly end: Promise<number | null>;
}

const children: ChildProcess[] = [];
/** For `afterAll`: whatever the tests of a file left running ends with it. */
export function endProcesses(): void {
  for (const child of children.splice(0)) child.kill('SIGKILL');
}

/** The real `server/main.ts` as a process of its own, with this environment and nothing else. */
export function startProcess(settings: Record<string, string>): Running {
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: root,
    env: { PATH: process.env.PATH, PORT: '0', METRICS_PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      text += String(chunk);
    });
  }
  return {
    child,
    output: () => text,
    // After `close`, the streams have said everything.
    end: once(child, 'close').then(([code]) => code as number | null),
    listening: () =>
      vi.waitFor(
        () => {
          const port = /"port":(\d+).*"listening"/.exec(text)?.[1];
          if (!port) throw new Error(`The process does not listen yet; it said:\n${text}`);
          return `http://127.0.0.1:${port}`;
        },
        // Ten of them at once on a busy machine take half a minute to load alone.
        { timeout: 50_000, interval: 20 },
      ),
  };
}

export const testEnvironment = (databaseUrl: string) => ({
  DATABASE_URL: databaseUrl,
  SECRET_KEYS: testSecrets.join(','),
});
