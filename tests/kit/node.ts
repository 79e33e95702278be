import { type Client, createClient } from '../../client/index.ts';
import { assertAllDeclared, checkedFetch, type LogLine, noLimits, quickHashing } from './app.ts';
import { sending } from './credentials.ts';
import { eventually } from './eventually.ts';
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
    PASSWORD_HASH_MEMORY_KIB: String(quickHashing.memoryKib),
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
      await eventually(() => {
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

/** As `until`: how long it takes until the call is refused for want of a good credential. */
export function untilRefused(call: () => Promise<{ status: number }>): Promise<number> {
  return until(async () => (await call()).status === 401);
}

/** No answer takes longer where the machine lets everybody run. */
const usualAnswerMs = 100;

/**
 * Milliseconds until it is so, asking as fast as it can. An answer that takes unusually long counts
 * as a usual one: then the machine was busy with others, and nobody here could do anything.
 */
export async function until(isSo: () => Promise<boolean>): Promise<number> {
  const startedAt = performance.now();
  let askedAt = startedAt;
  let waitedMs = 0;
  while (!(await isSo())) {
    const now = performance.now();
    waitedMs += Math.min(now - askedAt, usualAnswerMs);
    askedAt = now;
    if (now - startedAt > 240_000) throw new Error('Not within four minutes');
  }
  return waitedMs;
}
