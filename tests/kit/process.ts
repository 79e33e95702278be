import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { patient } from './app.ts';
import { testSecrets } from './cluster.ts';
import { eventually } from './eventually.ts';
import { recordOutput } from './recorded-lines.ts';

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

/**
 * The real `server/main.ts`, or another program, as a process of its own, with this environment and nothing else. Node
 * gives its child a socket for standard output; `stdout` is another one, and where it arrives.
 */
export function startProcess(
  settings: Record<string, string>,
  stdout?: { readonly fd: number; readonly reader: Readable },
  program: readonly string[] = ['server/main.ts'],
): Running {
  const child = spawn(process.execPath, [...program], {
    cwd: root,
    env: { PATH: process.env.PATH, PORT: '0', METRICS_PORT: '0', ...settings },
    stdio: ['ignore', stdout?.fd ?? 'pipe', 'pipe'],
  });
  children.push(child);
  let text = '';
  for (const stream of [stdout?.reader ?? child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      text += String(chunk);
    });
  }
  return {
    child,
    output: () => text,
    // After `close`, the streams have said everything.
    end: once(child, 'close').then(([code]) => {
      recordOutput(text);
      return code as number | null;
    }),
    listening: () =>
      eventually(() => {
        const port = /"port":(\d+).*"listening"/.exec(text)?.[1];
        if (!port) throw new Error(`The process does not listen yet; it said:\n${text}`);
        return `http://127.0.0.1:${port}`;
      }),
  };
}

export const testEnvironment = (databaseUrl: string) => ({
  ...patient,
  DATABASE_URL: databaseUrl,
  SECRET_KEYS: testSecrets.join(','),
});
