import { vi } from 'vitest';
import { type Client, createClient } from '../../client/index.ts';
import { assertAllDeclared, checkedFetch, type LogLine, noLimits } from './app.ts';
import { sending } from './credentials.ts';
import { startProcess, testEnvironment } from './process.ts';

/** One process of the service among several. */
export interface Node {
  readonly url: string;
  /** A client with this access token and nothing else. */
  client(accessToken?: string): Client;
  /** Waits for a line of its log. */
  said(pattern: RegExp): Promise<void>;
  stop(): Promise<void>;
}

export async function startNode(settings: Record<string, string>): Promise<Node> {
  const running = startProcess({
    ...testEnvironment(settings.DATABASE_URL ?? ''),
    ...noLimits,
    ...settings,
  });
  const url = await running.listening();
  return {
    url,
    client: (token) =>
      createClient({
        baseUrl: url,
        fetch: checkedFetch,
        ...(token && { credentials: sending({ authorization: `Bearer ${token}` }) }),
      }),
    said: async (pattern) => {
      await vi.waitFor(() => {
        if (!pattern.test(running.output())) throw new Error(`The log has no ${pattern} yet`);
      });
    },
    stop: async () => {
      running.child.kill('SIGTERM');
      await running.end;
      assertAllDeclared(linesOf(running.output()));
    },
  };
}

function linesOf(output: string): LogLine[] {
  const lines = output.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as LogLine);
}

/** Milliseconds until the call is refused for want of a good credential. */
export function untilRefused(call: () => Promise<{ status: number }>): Promise<number> {
  return until(async () => (await call()).status === 401);
}

/** Milliseconds until it is so. Asks as fast as it can. */
export async function until(isSo: () => Promise<boolean>): Promise<number> {
  const startedAt = performance.now();
  while (!(await isSo())) {
    if (performance.now() - startedAt > 120_000) throw new Error('Not within two minutes');
  }
  return performance.now() - startedAt;
}
