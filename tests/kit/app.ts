import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, inject } from 'vitest';
import type { Credentials } from '../../client/index.ts';
import { type Client, createClient } from '../../client/index.ts';
import { createApp, type Mount } from '../../server/app.ts';
import { type Config, readConfig } from '../../server/config/config.ts';
import type { PerformByName } from '../../server/operations/direct.ts';
import { connect, type Database } from '../../server/platform/db/connect.ts';
import { MemoryQueue } from '../../server/platform/jobs/memory-queue.ts';
import type { Message } from '../../server/platform/mail/transport.ts';
import { createLog } from '../../server/platform/observability/log.ts';
import { type Outside, openPlatform, type Platform } from '../../server/platform/platform.ts';
import { assertAudited } from './audited.ts';
import { TestClock } from './clock.ts';
import { testSecrets, urlOf } from './cluster.ts';
import { createDatabase } from './database.ts';
import { assertDocumented } from './documented.ts';
import { FakeProviders } from './fake-provider.ts';
import { noteAnswer } from './provoked.ts';
import { recordLine } from './recorded-lines.ts';
import { recordStatements } from './recorded-statements.ts';
import { scrape } from './scrape.ts';
import { assertTold } from './told.ts';

/** What a log line holds, for assertions. */
export type LogLine = Record<string, unknown> & { msg: string; level: string };

export interface TestApp {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  readonly config: Config;
  readonly clock: TestClock;
  /** What features stand on, for tests of it. */
  readonly platform: Platform;
  readonly logs: LogLine[];
  /** The app's database, to arrange what no endpoint can and to look at what is stored. */
  readonly db: Database;
  /** The typed client; every answer is checked against docs/openapi.json, every change is audited. */
  client(credentials?: Credentials): Client;
  /** A raw request, for what the typed client would never send; checked alike. */
  request(path: string, init?: RequestInit): Promise<Response>;
  /** The way in without HTTP. */
  readonly perform: PerformByName;
  /** The lines of its metrics. */
  scrape(): Promise<string[]>;
  /** Works off what is due by the app's clock, and what that brings. */
  workJobs(): Promise<void>;
  /** Begins what is scheduled under this name, as if its time had come. */
  runScheduled(name: string): Promise<void>;
  /** With whom people sign in, unless the settings name others. */
  readonly providers: FakeProviders;
  /** The mails that left the house, the oldest first. */
  readonly mails: readonly Message[];
  /** Readiness fails from now on. */
  drain(): void;
  close(): Promise<void>;
}

export const publicUrl = 'http://charter.test';

export interface AppOptions {
  /** Leads the app to its database by another way, such as a proxy. */
  readonly route?: (url: string) => Promise<string>;
  /** Leads it through this pooler, and past it where it has to; that of the run, if it has one. */
  readonly pooler?: string | undefined;
  /** Features beside our own. */
  readonly mount?: Mount;
  /** Where its spans go. */
  readonly tracerProvider?: Outside['tracerProvider'];
  /** Where its secrets are, besides the settings. */
  readonly vault?: Outside['vault'];
  /** Its database, migrated, where that is not to be a clone of the run's. */
  readonly database?: string;
}

/** The real app on a real database of its own, on a free port. */
export async function startApp(
  settings: Record<string, string> = {},
  {
    route,
    pooler = inject('pooler'),
    mount,
    tracerProvider,
    vault,
    database: given,
  }: AppOptions = {},
): Promise<TestApp> {
  const database = given ? { url: given, drop: async () => {} } : await createDatabase();
  const way = route
    ? { DATABASE_URL: await route(database.url) }
    : wayThrough(pooler, database.url);
  const config = testConfig(database.url, { ...way, ...settings });
  const stored = config.storage.path;
  const clock = new TestClock();
  const { log, logs } = recordingLog();
  const jobs = new MemoryQueue(clock);
  const mails: Message[] = [];
  const kept = { send: async (message: Message) => void mails.push(message) };
  // With a mail server of its own, mails really leave.
  const transport = config.mail.server ? undefined : kept;
  const providers = new FakeProviders(clock);
  // With providers of its own, people really go there.
  const hasOwn = config.identityProviders.declared.length > 0;
  const identityProviders = hasOwn ? undefined : providers;
  const outside = { clock, log, tracerProvider, jobs, transport, identityProviders, vault };
  const platform = openPlatform(config, outside);
  recordStatements(platform.db);
  const app = await createApp(platform, mount).catch(async (error) => {
    await platform.close();
    throw error;
  });
  await new Promise<void>((resolve) => app.http.listen(0, '127.0.0.1', resolve));
  const { port } = app.http.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const db = connect({ url: database.url, poolSize: 2, statementTimeoutMs: 5_000 });
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const response = await checkedFetch(request);
    await assertAudited(db, request, response);
    return response;
  };
  return {
    url,
    config,
    clock,
    platform,
    logs,
    db,
    client: (credentials) =>
      createClient({ baseUrl: url, fetch, ...(credentials && { credentials }) }),
    request: (path, init) => fetch(`${url}${path}`, init),
    perform: app.perform,
    scrape: () => scrape(platform.telemetry.metricsServer),
    workJobs: () => jobs.workOff(),
    runScheduled: (name) => jobs.runScheduled(name),
    providers,
    mails,
    drain: () => platform.drain(),
    close: async () => {
      await app.close();
      const judge = await assertTold(db);
      await platform.close();
      await db.destroy();
      await database.drop();
      await rm(stored, { recursive: true, force: true });
      assertAllDeclared(logs);
      judge();
    },
  };
}

function wayThrough(pooler: string | undefined, url: string): Record<string, string> {
  if (pooler === undefined) return {};
  const pooled = urlOf(pooler, new URL(url).pathname.slice(1));
  return { DATABASE_URL: pooled, DATABASE_DIRECT_URL: url };
}

/** An app for all tests of a file. */
export function useApp(settings: Record<string, string> = {}, options?: AppOptions): TestApp {
  const holder = {} as { app: TestApp };
  beforeAll(async () => {
    holder.app = await startApp(settings, options);
  });
  afterAll(() => holder.app.close());
  return new Proxy({} as TestApp, {
    get: (_, key: keyof TestApp) => holder.app[key],
  });
}

/** Sign-ins by the hundred: hashes that cost a tenth. The real cost has tests of its own. */
export const quickHashing = { memoryKib: 1_024 };

/** A test file sends more in a minute than a person would. */
export const noLimits = {
  RATE_LIMIT_PER_MINUTE: '1000000',
  RATE_LIMIT_CREDENTIALS_PER_MINUTE: '1000000',
  RATE_LIMIT_WRITE_PER_MINUTE: '1000000',
  RATE_LIMIT_READ_PER_MINUTE: '1000000',
};

/** Ways to sign in that are off unless somebody wants them. */
export const everyWay = {
  MAGIC_LINK: 'true',
  SIGN_IN_REDIRECTS: 'https://app.example.com/signed-in',
  SIGN_OUT_REDIRECTS: 'https://app.example.com/signed-out',
};

/** Machines are busy: only a test of such a bound sets it, and waits for it. */
export const patient = {
  DATABASE_POOL_TIMEOUT_MS: '60000',
  DATABASE_CONNECT_TIMEOUT_MS: '60000',
  DATABASE_STATEMENT_TIMEOUT_MS: '60000',
  REDIS_TIMEOUT_MS: '10000',
  PASSWORD_HASH_WAIT_MS: '60000',
  PASSWORD_TURN_WAIT_MS: '60000',
};

export function testConfig(databaseUrl: string, settings: Record<string, string> = {}): Config {
  return readConfig(
    {},
    {
      NODE_ENV: 'test',
      DATABASE_URL: databaseUrl,
      SECRET_KEYS: testSecrets.join(','),
      PUBLIC_URL: publicUrl,
      // Of this configuration alone; made by whoever puts something in.
      STORAGE_PATH: join(tmpdir(), `charter-test-${randomUUID()}`),
      ...noLimits,
      ...patient,
      ...everyWay,
      PASSWORD_HASH_MEMORY_KIB: String(quickHashing.memoryKib),
      ...settings,
    },
  );
}

/** Every answer that a test sees is one that docs/openapi.json declares. */
export const checkedFetch: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  const response = await fetch(request);
  await assertDocumented(request, response.clone());
  // Of a good one, nothing is read: where it has no end, whoever called must be the only reader.
  await noteAnswer(request, response.ok ? response : response.clone());
  return response;
};

/** Whoever throws what the operation does not declare answers 500, whatever the test asked for. */
export function assertAllDeclared(lines: readonly Partial<LogLine>[]): void {
  const thrown = lines.filter(({ undeclaredProblem }) => undeclaredProblem !== undefined);
  const pairs = thrown.map((line) => [line.operation, line.undeclaredProblem].join(': '));
  expect([...new Set(pairs)], 'problems thrown that the contract does not declare').toEqual([]);
}

/** A log that keeps its lines. */
export function recordingLog() {
  const logs: LogLine[] = [];
  const destination = new Writable({
    write: (chunk, _encoding, done) => {
      const line = JSON.parse(String(chunk)) as LogLine;
      logs.push(line);
      recordLine(line);
      done();
    },
  });
  return { logs, log: createLog({ level: 'debug' }, destination) };
}
