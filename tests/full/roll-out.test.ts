import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { connect, type Database } from '../../server/platform/db/connect.ts';
import { Book } from '../kit/acknowledged.ts';
import { noLimits, publicUrl, type TestApp } from '../kit/app.ts';
import { createPerson } from '../kit/callers.ts';
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

// Debian and others have it as a package: `apt-get install haproxy`.
describe.runIf(haproxyVersion)('behind HAProxy, which is installed here,', () => {
  it('deploy/haproxy/haproxy.cfg is right', () => {
    const { status, said } = checkHaproxy();
    expect(said).not.toMatch(/\[(ALERT|WARNING)\]/);
    expect(status).toBe(0);
  });

  it('three API processes and two workers are replaced in turn, and nobody notices', async () => {
    const world = await aWorld();
    const book = new Book();
    const load = new MixedLoad({ ...world, book, callers: 6, withMail: true });
    onTestFinished(async () => void (await load.stop()));
    await eventually(() => expect(book.count('acknowledged')).toBeGreaterThan(20));

    // Workers and API side by side, as an orchestrator may do it.
    await Promise.all([world.replaceApis(), world.replaceWorkers()]);
    const before = book.count('acknowledged');
    await eventually(() => expect(book.count('acknowledged')).toBeGreaterThan(before + 20));
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

interface World {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly db: Database;
  readonly received: readonly { readonly envelope: { readonly to: readonly string[] } }[];
  replaceApis(): Promise<void>;
  replaceWorkers(): Promise<void>;
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
    PUBLIC_URL: publicUrl,
    TRUST_PROXY: 'loopback',
    SHUTDOWN_DELAY_SECONDS: '3',
    DATABASE_POOL_SIZE: '4',
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}?tls=none`,
    MAIL_FROM: 'no-reply@example.com',
    JOBS_IN_API: 'false',
  };
  const ports: number[] = [];
  for (let at = 0; at < apis; at += 1) ports.push(await freePort());
  const api = async (port: number) => {
    const running = startProcess({ ...settings, PORT: String(port) });
    await running.listening();
    return running;
  };
  const worker = async () => {
    const running = startProcess(settings, undefined, ['server/cli/main.ts', 'worker']);
    await eventually(() => expect(running.output()).toContain('working off jobs'));
    return running;
  };
  const serving = await Promise.all(ports.map(api));
  const working = apis > 1 ? await Promise.all([worker(), worker()]) : [];
  const haproxy = await startHaproxy(ports);
  onTestFinished(haproxy.stop);
  const arranged = { db, clock: new TestClock() } as unknown as TestApp;
  const { headers } = await quickProgram(arranged, ['users:manage', 'users:read']);
  onTestFinished(() => Promise.all([...serving, ...working].map(ended)).then(() => {}));
  const replace = async (all: Running[], startOne: (at: number) => Promise<Running>) => {
    for (const [at, running] of all.entries()) {
      await ended(running);
      all[at] = await startOne(at);
      await isUp(haproxy.url);
    }
  };
  return {
    url: haproxy.url,
    headers,
    db,
    received,
    replaceApis: () => replace(serving, (at) => api(ports[at] as number)),
    replaceWorkers: () => replace(working, worker),
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
