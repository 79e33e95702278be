import { once } from 'node:events';
import { cp, readFile, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { connect, type Database } from '../../server/platform/db/connect.ts';
import { Book } from '../kit/acknowledged.ts';
import { noLimits, publicUrl, type TestApp } from '../kit/app.ts';
import { createPerson } from '../kit/callers.ts';
import { makeCheckout } from '../kit/checkout.ts';
import { TestClock } from '../kit/clock.ts';
import { createDatabase } from '../kit/database.ts';
import { eventually } from '../kit/eventually.ts';
import { checkHaproxy, haproxyVersion, startHaproxy } from '../kit/haproxy.ts';
import { MixedLoad } from '../kit/mixed-load.ts';
import { freePort } from '../kit/port.ts';
import { endProcesses, type Running, startProcess, testEnvironment } from '../kit/process.ts';
import { quickProgram } from '../kit/quick-key.ts';
import { smtpSink } from '../kit/smtp-sink.ts';

afterAll(endProcesses);
const { version } = packageJson;

// Debian and others have it as a package: `apt-get install haproxy`.
describe.runIf(haproxyVersion)('behind HAProxy, which is installed here,', () => {
  it('deploy/haproxy/haproxy.cfg is right', () => {
    const { status, said } = checkHaproxy();
    expect(said).not.toMatch(/\[(ALERT|WARNING)\]/);
    expect(status).toBe(0);
  });

  it('three API processes and two workers are replaced by a newer release, and nobody notices', async () => {
    const [world, newer] = await Promise.all([aWorld(), aNewerRelease()]);
    const book = new Book();
    const load = new MixedLoad({ ...world, book, callers: 6, withMail: true });
    onTestFinished(async () => void (await load.stop()));
    const goesOn = async () => {
      const before = book.count('acknowledged');
      await eventually(() => expect(book.count('acknowledged')).toBeGreaterThan(before + 20));
    };
    await goesOn();

    // What docs/deployment.md says: the schema first, then one process after the other.
    await world.command(newer, 'migrate');
    await goesOn();
    // The first of them, and back: the older release works on the newer schema, and says so.
    await world.replaceApi(0, newer);
    expect(await world.versions()).toEqual(['0.2.0-newer', version, version]);
    await world.replaceApi(0, root);
    expect(world.said(0)).toContain('the schema is newer than this release, and compatible');
    // Workers and API side by side, as an orchestrator may do it.
    const apis = async () => {
      for (const at of [0, 1, 2]) await world.replaceApi(at, newer);
    };
    await Promise.all([apis(), world.replaceWorkers(newer)]);
    expect(await world.versions()).toEqual(Array(3).fill('0.2.0-newer'));
    await goesOn();
    const { statuses } = await load.stop();

    expect(Object.keys(statuses).filter((status) => status >= '300')).toEqual([]);
    expect(book.count('acknowledged')).toBe(book.changes.length);
    expect(await book.contradictions(world.db)).toEqual([]);
    // Of each account that was created, one mail, whoever worked its job off.
    const created = book.changes.filter(({ step }) => step === 0);
    const wanted = created.map(({ username }) => `${username}@example.com`).toSorted();
    const arrived = () => world.received.flatMap(({ envelope }) => envelope.to).toSorted();
    await eventually(() => expect(arrived().length).toBeGreaterThanOrEqual(wanted.length));
    expect(arrived()).toEqual(wanted);
    await world.command(newer, 'smoke', world.url);
  });

  it('callers are known by their own address, whatever they claim', async () => {
    const { url, db } = await aWorld({ apis: 1 });
    const arranged = { db, clock: new TestClock() } as unknown as TestApp;
    const { username: identifier, password, id: userId } = await createPerson(arranged);
    const call = request(`${url}/api/v1/auth/login`, {
      method: 'POST',
      localAddress: '127.0.0.2',
      headers: { 'Content-Type': 'application/json', 'X-Forwarded-For': '203.0.113.9' },
    });
    call.end(JSON.stringify({ identifier, password, delivery: 'tokens' }));
    const [answer] = (await once(call, 'response')) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(200);
    expect(await db('sessions').where({ userId }).pluck('address')).toEqual(['127.0.0.2']);
  });
});

const root = fileURLToPath(new URL('../../', import.meta.url));

/** This release with another name, and a migration that it has not run. */
async function aNewerRelease(): Promise<string> {
  const folder = await makeCheckout();
  await cp(join(root, 'client'), join(folder, 'client'), { recursive: true });
  const about = join(folder, 'package.json');
  const text = await readFile(about, 'utf8');
  await writeFile(about, text.replace(`"version": "${version}"`, '"version": "0.2.0-newer"'));
  const migration = `
    export const up = (knex) => knex.schema.alterTable('users', (table) => table.text('rehearsed'));
    export const down = (knex) => knex.schema.alterTable('users', (table) => table.dropColumn('rehearsed'));
  `;
  await writeFile(join(folder, 'migrations/9999_rehearsed.ts'), migration);
  return folder;
}

interface World {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly db: Database;
  readonly received: readonly { readonly envelope: { readonly to: readonly string[] } }[];
  /** A command of `charter`, of the release that lies there. */
  readonly command: (release: string, ...words: string[]) => Promise<void>;
  readonly replaceApi: (at: number, release: string) => Promise<void>;
  readonly replaceWorkers: (release: string) => Promise<void>;
  /** Of the API processes, as each of them tells it. */
  readonly versions: () => Promise<unknown[]>;
  readonly said: (api: number) => string;
}

async function aWorld({ apis = 3 } = {}): Promise<World> {
  const { port: smtpPort, received } = await smtpSink();
  const { url: databaseUrl, drop } = await createDatabase();
  onTestFinished(drop);
  const db = connect({ url: databaseUrl, poolSize: 2, statementTimeoutMs: 60_000 });
  onTestFinished(() => db.destroy());
  const settings = {
    ...testEnvironment(databaseUrl),
    ...noLimits,
    // Nothing migrates by itself.
    NODE_ENV: 'production',
    // As behind PgBouncer; what is prepared when a migration comes: tests/operations/overtaken.test.ts.
    DATABASE_NAMED_STATEMENTS: 'false',
    PUBLIC_URL: publicUrl,
    TRUST_PROXY: 'loopback',
    SHUTDOWN_DELAY_SECONDS: '3',
    DATABASE_POOL_SIZE: '4',
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}?tls=none`,
    MAIL_FROM: 'no-reply@example.com',
  };
  const ports: number[] = [];
  for (let at = 0; at < apis; at += 1) ports.push(await freePort());
  const program = (release: string, ...words: string[]) =>
    startProcess(settings, undefined, [join(release, 'server/cli/main.ts'), ...words]);
  const api = async (port: number, release = root) => {
    const main = [join(release, 'server/main.ts')];
    const running = startProcess({ ...settings, PORT: String(port) }, undefined, main);
    await running.listening();
    return running;
  };
  const worker = async (release = root) => {
    const running = program(release, 'worker');
    await eventually(() => expect(running.output()).toContain('working off jobs'));
    return running;
  };
  const serving = await Promise.all(ports.map((port) => api(port)));
  const working = apis > 1 ? await Promise.all([worker(), worker()]) : [];
  const haproxy = await startHaproxy(ports);
  onTestFinished(haproxy.stop);
  const arranged = { db, clock: new TestClock() } as unknown as TestApp;
  const { headers } = await quickProgram(arranged, ['users:manage', 'users:read', 'health:read']);
  onTestFinished(() => Promise.all([...serving, ...working].map(ended)).then(() => {}));
  return {
    url: haproxy.url,
    headers,
    db,
    received,
    command: async (release, ...words) => {
      const running = program(release, ...words);
      expect(await running.end, running.output()).toBe(0);
    },
    replaceApi: async (at, release) => {
      await ended(serving[at] as Running);
      serving[at] = await api(ports[at] as number, release);
      await isUp(haproxy.url);
    },
    replaceWorkers: async (release) => {
      for (const [at, running] of working.entries()) {
        await ended(running);
        working[at] = await worker(release);
      }
    },
    versions: () =>
      Promise.all(
        ports.map(async (port) => {
          const answer = await fetch(`http://127.0.0.1:${port}/api/v1/health`, { headers });
          return ((await answer.json()) as { version?: string }).version;
        }),
      ),
    said: (at) => serving[at]?.output() ?? '',
  };
}

async function ended(running: Running): Promise<void> {
  running.child.kill('SIGTERM');
  expect(await running.end).toBe(0);
}

async function isUp(url: string): Promise<void> {
  await eventually(async () => {
    expect((await fetch(`${url}/api/v1/health/readiness`)).status).toBe(200);
  });
}
