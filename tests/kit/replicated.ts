import { afterAll, beforeAll } from 'vitest';
import type { Client } from '../../client/index.ts';
import type { Permission } from '../../contract/kit/permissions.ts';
import { type AppOptions, startApp, type TestApp } from './app.ts';
import { testSecrets } from './cluster.ts';
import { sending } from './credentials.ts';
import { query } from './embedded.ts';
import { installedPostgres, startInstalledPostgres } from './installed-postgres.ts';
import { prepare } from './prepare.ts';
import { quickSession } from './quick-session.ts';
import { type StreamingReplica, startReplica } from './streaming-replica.ts';

/** A migrated database, and a server that follows it. */
export interface Replicated {
  readonly url: string;
  readonly replica: StreamingReplica;
  query(sql: string): Promise<Record<string, unknown>[]>;
  /** A service that has both. */
  start(settings?: Record<string, string>, options?: AppOptions): Promise<TestApp>;
}

/** For all tests of a file. */
export function useReplicated(): Replicated {
  const home = {} as { url: string; replica: StreamingReplica };
  const apps: TestApp[] = [];

  beforeAll(async () => {
    if (!installedPostgres) return;
    const { url, stop } = await startInstalledPostgres(installedPostgres);
    await prepare(url, testSecrets.join(','));
    const replica = await startReplica(installedPostgres, url);
    Object.assign(home, { url, replica });
    return async () => {
      await replica.close();
      await stop();
    };
  });
  afterAll(async () => {
    for (const app of apps.splice(0)) await app.close();
  });

  return Object.assign(home, {
    query: (sql: string) => query(home.url, sql),
    start: async (settings: Record<string, string> = {}, options: AppOptions = {}) => {
      const named = { DATABASE_REPLICA_URL: home.replica.url, ...settings };
      const app = await startApp(named, { database: home.url, pooler: undefined, ...options });
      apps.push(app);
      return app;
    },
  });
}

/** Somebody new who has changed nothing, with a client of each process. */
export async function aReader<Apps extends readonly TestApp[]>(
  apps: readonly [TestApp, ...TestApp[]] & Apps,
  ...permissions: Permission[]
): Promise<{ [At in keyof Apps]: Client }> {
  const { headers } = await quickSession(apps[0], { permissions });
  return apps.map((app) => app.client(sending(headers))) as never;
}

/** What the process counts of reads that may be late: by the replica, and by reason of the primary. */
export async function readsOf(app: TestApp): Promise<Record<string, number>> {
  const counts: Record<string, number> = { replica: 0 };
  for (const line of await app.scrape()) {
    const [, value] = / (\d+)$/.exec(line) ?? [];
    const [, reason] = /^charter_replica_fallbacks_total\{.*reason="(\w+)"/.exec(line) ?? [];
    if (reason) counts[reason] = Number(value);
    if (line.startsWith('charter_replica_reads_total')) counts.replica = Number(value);
  }
  return counts;
}
