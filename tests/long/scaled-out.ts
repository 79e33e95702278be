import { expect, onTestFinished } from 'vitest';
import { Callers } from '../../server/cli/load/callers.ts';
import { recommendedMemoryKib } from '../../server/config/passwords.ts';
import { PasswordHashes } from '../../server/features/passwords/hashes.ts';
import { connect } from '../../server/platform/db/connect.ts';
import { noLimits, publicUrl, type TestApp } from '../kit/app.ts';
import { insertUser } from '../kit/build.ts';
import { goodPassword } from '../kit/callers.ts';
import { TestClock } from '../kit/clock.ts';
import { testSecrets } from '../kit/cluster.ts';
import { eventually } from '../kit/eventually.ts';
import { startHaproxy } from '../kit/haproxy.ts';
import { ownServer } from '../kit/own-server.ts';
import { startPgbouncer } from '../kit/pgbouncer.ts';
import { freePort } from '../kit/port.ts';
import { type Running, startProcess } from '../kit/process.ts';
import { startRedis } from '../kit/redis-server.ts';
import { smtpSink } from '../kit/smtp-sink.ts';

/** What `docs/scaling.md` calls a part: processes that are killed and started together. */
export interface Part {
  readonly name: string;
  readonly pids: () => Promise<number[]>;
}

export type ScaledOut = Awaited<ReturnType<typeof scaleOut>>;

const apiCount = 3;
const workerCount = 2;
const accountCount = 20;
const serverConnections = 10;

/** Three API processes and two workers, PgBouncer and Redis, behind HAProxy, on a PostgreSQL of their own. */
export async function scaleOut() {
  const server = await ownServer();
  onTestFinished(() => server.close());
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  let pgbouncer = await startPgbouncer(server.url, { connections: serverConnections });
  onTestFinished(() => pgbouncer.stop());
  const { port: smtpPort, received } = await smtpSink();
  const settings = {
    DATABASE_URL: pgbouncer.url,
    DATABASE_DIRECT_URL: server.url,
    SECRET_KEYS: testSecrets.join(','),
    REDIS_URL: redis.url,
    PUBLIC_URL: publicUrl,
    TRUST_PROXY: 'loopback',
    JOBS_IN_API: 'false',
    SMTP_URL: `smtp://127.0.0.1:${smtpPort}?tls=none`,
    MAIL_FROM: 'no-reply@example.com',
    // All of this comes from one address, and the log would fill our memory.
    ...noLimits,
    LOG_LEVEL: 'warn',
  };
  const ports: number[] = [];
  for (let at = 0; at < apiCount; at += 1) ports.push(await freePort());
  const startApi = async (port: number) => {
    const running = startProcess({ ...settings, PORT: String(port) });
    await isThere(`http://127.0.0.1:${port}`);
    return running;
  };
  const startWorker = async () => {
    const program = ['server/cli/main.ts', 'worker'];
    const running = startProcess({ ...settings, LOG_LEVEL: 'info' }, undefined, program);
    await eventually(() => expect(running.output()).toContain('working off jobs'));
    return running;
  };
  const apis = await Promise.all(ports.map(startApi));
  const workers = await Promise.all(Array.from({ length: workerCount }, startWorker));
  let haproxy = await startHaproxy(ports);
  onTestFinished(() => haproxy.stop());
  onTestFinished(() => Promise.all([...apis, ...workers].map(ended)).then(() => {}));
  const db = connect({ url: server.url, poolSize: 2, statementTimeoutMs: 60_000 });
  onTestFinished(() => db.destroy());
  const app = { db, clock: new TestClock() } as unknown as TestApp;
  await isThere(haproxy.url);
  const callers = new Callers(haproxy.url);
  onTestFinished(() => callers.close());
  await callers.signIn(await makeAccounts(app), () => {});
  const parts: Part[] = [
    { name: 'API × 3', pids: async () => apis.map(pidOf) },
    { name: 'worker × 2', pids: async () => workers.map(pidOf) },
    { name: 'HAProxy', pids: async () => [haproxy.pid] },
    { name: 'PgBouncer', pids: async () => [pgbouncer.pid] },
    { name: 'Redis', pids: async () => [redis.pid()] },
    { name: 'PostgreSQL', pids: () => server.pids() },
  ];
  return {
    ...{ app, db, server, redis, received, parts, url: haproxy.url, ports, serverConnections },
    callers,
    isThere: () => isThere(haproxy.url),
    api: {
      kill: () => killed(apis[0] as Running),
      start: async () => {
        apis[0] = await startApi(ports[0] as number);
      },
    },
    worker: {
      kill: () => killed(workers[0] as Running),
      start: async () => {
        workers[0] = await startWorker();
      },
    },
    pgbouncer: {
      kill: () => pgbouncer.kill(),
      start: async () => {
        const { port } = pgbouncer;
        pgbouncer = await startPgbouncer(server.url, { connections: serverConnections, port });
      },
    },
    haproxy: {
      kill: () => haproxy.kill(),
      start: async () => {
        haproxy = await startHaproxy(ports, haproxy.port);
      },
    },
  };
}

async function isThere(url: string): Promise<void> {
  await eventually(async () => {
    const { status } = await fetch(`${url}/api/v1/health/readiness`);
    if (status !== 200) throw new Error(`not ready: ${status}`);
  });
}

/** With one password, whose hash costs what it does in production. */
async function makeAccounts(app: TestApp) {
  const passwordHash = await new PasswordHashes({ memoryKib: recommendedMemoryKib }).hash(
    goodPassword,
  );
  const people = Array.from({ length: accountCount }, () =>
    insertUser(app, { roles: ['member'], passwordHash, emailVerifiedAt: app.clock.now() }),
  );
  return (await Promise.all(people)).map(({ username }) => ({
    identifier: username,
    password: goodPassword,
  }));
}

function pidOf({ child }: Running): number {
  return child.pid as number;
}

async function killed({ child, end }: Running): Promise<void> {
  child.kill('SIGKILL');
  await end;
}

async function ended({ child, end }: Running): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
  await end;
}
