import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { createDatabase, createEmptyDatabase } from '../kit/database.ts';
import { eventually } from '../kit/eventually.ts';
import { beginLogin } from '../kit/half-sent.ts';
import { endProcesses, startProcess, testEnvironment } from '../kit/process.ts';

/** What production insists on, apart from the database. */
const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://charter.test' };

const drops: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(drops.map((drop) => drop())));

async function anEmptyDatabase() {
  const { url, drop } = await createEmptyDatabase();
  drops.push(drop);
  return testEnvironment(url);
}

async function aDatabase() {
  const { url, drop } = await createDatabase();
  drops.push(drop);
  return testEnvironment(url);
}

afterAll(endProcesses);

describe('the service, started', { concurrent: true }, () => {
  it('migrates an empty database, greets, and answers', async () => {
    const env = await anEmptyDatabase();
    const service = startProcess(env);
    const url = await service.listening();
    expect(service.output()).toContain('"migrations":["0001_accounts"');
    await eventually(() => expect(service.output()).toContain('Charter is ready.'));
    expect(service.output()).toMatch(/Docs page +http.*\n.*OpenAPI document/);
    expect(service.output()).not.toContain(new URL(env.DATABASE_URL).password || 'no password');
    expect((await fetch(`${url}/api/v1/health/readiness`)).status).toBe(200);
  });

  it('greets nobody in production: all it writes is JSON', async () => {
    const service = startProcess({ ...(await aDatabase()), ...production });
    await service.listening();
    for (const line of service.output().trim().split('\n')) {
      expect(JSON.parse(line)).toHaveProperty('service', 'charter');
    }
  });

  it('says what works but deserves a look', async () => {
    const settings = { ...production, SIGN_UP: 'open' };
    const service = startProcess({ ...(await aDatabase()), ...settings });
    await service.listening();
    expect(service.output()).toMatch(/"level":"warn".*SIGN_UP is open/);
  });
});

describe('the service, told to stop', { concurrent: true }, () => {
  it('finishes what it began, says that it is not ready, and ends with 0', async () => {
    const service = startProcess({ ...(await aDatabase()), SHUTDOWN_DELAY_SECONDS: '10' });
    const url = await service.listening();
    const begun = beginLogin(url);
    await begun.isOpen;
    service.child.kill('SIGTERM');
    await eventually(async () => {
      expect((await fetch(`${url}/api/v1/health/readiness`)).status).toBe(503);
    });
    expect((await fetch(`${url}/api/v1/health/liveness`)).headers.get('connection')).toBe('close');
    expect(await begun.finish()).toBe(401);
    expect(await service.end).toBe(0);
  });

  it('closes the door at once, and waits for no client that keeps its connection', async () => {
    const service = startProcess(await aDatabase());
    const url = await service.listening();
    const begun = beginLogin(url);
    await begun.isOpen;
    service.child.kill('SIGINT');
    await eventually(() => expect(fetch(url)).rejects.toThrow());
    expect(await begun.finish()).toBe(401);
    expect(await service.end).toBe(0);
  });
});

describe('a start that fails', { concurrent: true }, () => {
  it('says that the port is busy and what to do', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const service = startProcess({ ...testEnvironment('postgres://unused'), PORT: `${port}` });
    expect(await service.end).toBe(1);
    other.close();
    expect(service.output().trim()).toMatch(
      new RegExp(`^Charter cannot listen on port ${port}\\.\\n  Why: .*\\n  What to do: .*PORT=`),
    );
  });

  it('says that both ports are busy in one message, in production', async () => {
    const others = [createServer(), createServer()];
    for (const other of others) await once(other.listen(0, '127.0.0.1'), 'listening');
    const [port, metricsPort] = others.map((other) => (other.address() as AddressInfo).port);
    const service = startProcess({
      ...testEnvironment('postgres://unused'),
      ...production,
      PORT: `${port}`,
      METRICS_PORT: `${metricsPort}`,
    });
    expect(await service.end).toBe(1);
    for (const other of others) other.close();
    expect(service.output()).toContain(
      `PORT=${Number(port) + 1} METRICS_PORT=${Number(metricsPort) + 1} npm start`,
    );
  });

  it('tells every mistake of the configuration at once', async () => {
    const service = startProcess({ NODE_ENV: 'production', PORT: 'three thousand' });
    expect(await service.end).toBe(1);
    for (const key of ['DATABASE_URL', 'SECRET_KEYS', 'PUBLIC_URL', 'PORT']) {
      expect(service.output()).toContain(`  - ${key}: `);
    }
    expect(service.output()).not.toContain('    at ');
  });

  it('refuses an old schema in production, and changes nothing', async () => {
    const env = await anEmptyDatabase();
    const service = startProcess({ ...env, ...production });
    expect(await service.end).toBe(1);
    expect(service.output()).toContain('have not run: 0001_accounts');
    expect(service.output()).toContain('npm run charter -- migrate');
  });

  it('says without a stack that nobody listens at the address of the database', async () => {
    const service = startProcess(testEnvironment('postgres://charter@127.0.0.1:1/charter'));
    expect(await service.end).toBe(1);
    expect(service.output()).toContain('The database cannot be reached.');
    expect(service.output()).not.toContain('    at ');
  });

  it('says without a stack that there is no such database', async () => {
    const { DATABASE_URL } = await aDatabase();
    const service = startProcess(testEnvironment(`${DATABASE_URL}_gone`));
    expect(await service.end).toBe(1);
    expect(service.output()).toMatch(/no such database\.\n.*does not exist/);
    expect(service.output()).not.toContain('    at ');
  });
});
