import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ConfigError, readConfig } from '../../server/config/config.ts';
import { defaultMetricsPort } from '../../server/config/observability.ts';
import { greeting } from '../../server/development/greeting.ts';
import { metricsDoor, serviceDoor } from '../../server/start/doors.ts';
import { describeFailure } from '../../server/start/failure.ts';
import { assertPortsFree } from '../../server/start/free-ports.ts';
import { listen, listenForMetrics } from '../../server/start/listen.ts';

const required = {
  DATABASE_URL: 'postgres://ada:hidden-password@db.example/charter',
  SECRET_KEYS: 'a secret of at least 32 characters',
};

/** A door that is taken, and how it is given back. */
async function taken() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

const serviceAt = (port: number, HOST = '127.0.0.1') =>
  serviceDoor(readConfig({}, { ...required, PORT: `${port}`, HOST }));
const metricsAt = (port: number, settings: Record<string, string> = {}) =>
  metricsDoor(readConfig({}, { ...required, METRICS_PORT: `${port}`, ...settings }));

describe('a port', () => {
  it('that is free is listened on, and named', async () => {
    await assertPortsFree([serviceAt(0)]);
    const server = createServer();
    const port = await listen(server, serviceAt(0));
    expect(port).toBe((server.address() as AddressInfo).port);
    server.close();
  });

  it('that is busy is told with what to do', async () => {
    const port = await taken();
    const failure = assertPortsFree([serviceAt(port)]);
    await expect(failure).rejects.toThrow(`PORT=${port + 1} npm start`);
  });

  it('that is busy for the metrics names their setting', async () => {
    const port = await taken();
    const another = listenForMetrics(createServer(), metricsAt(port));
    await expect(another).rejects.toThrow(`METRICS_PORT=${port + 1} npm start`);
  });

  it('that is busy is told together with the other one', async () => {
    const [port, metricsPort] = [await taken(), await taken()];
    const failure = assertPortsFree([serviceAt(port), metricsAt(metricsPort)]);
    await expect(failure).rejects.toThrow(
      `PORT=${port + 1} METRICS_PORT=${metricsPort + 1} npm start`,
    );
  });

  it('that both want is told before anything starts', async () => {
    const port = await listen(probe(), serviceAt(0));
    const failure = assertPortsFree([serviceAt(port), metricsAt(port)]);
    await expect(failure).rejects.toThrow(`METRICS_PORT=${port + 1} npm start`);
  });

  it('on an address of somebody else is told with what to do, beside a busy one', async () => {
    const port = await taken();
    const failure = assertPortsFree([serviceAt(1, '203.0.113.1'), metricsAt(port)]);
    await expect(failure).rejects.toThrow(/METRICS_PORT=.*\n.*HOST and PORT/);
  });

  it('that nobody chose for the metrics gives way to any other, in development', async () => {
    const port = await taken();
    const door = { ...metricsAt(port), mayMove: true };
    await assertPortsFree([door]);
    const server = probe();
    expect(await listenForMetrics(server, door)).not.toBe(port);
    expect(metricsAt(defaultMetricsPort).mayMove).toBe(true);
    expect(metricsAt(port).mayMove).toBe(false);
  });

  it('gives way to nobody in production', () => {
    const production = { NODE_ENV: 'production', PUBLIC_URL: 'https://charter.test' };
    expect(metricsAt(defaultMetricsPort, production).mayMove).toBe(false);
  });

  it('0 for the metrics means none', async () => {
    expect(await listenForMetrics(probe(), metricsAt(0))).toBeUndefined();
  });
});

function probe() {
  const server = createServer();
  onTestFinished(() => void server.close());
  return server;
}

describe('a failed start', () => {
  it('tells the mistakes of the configuration without a stack', () => {
    const text = describeFailure(new ConfigError(['PORT: write a whole number']));
    expect(text).toContain('PORT: write a whole number');
    expect(text).not.toContain('    at ');
  });

  it.each([
    ['EACCES', 'chown'],
    ['EROFS', 'DATABASE_URL and SECRET_KEYS'],
    ['ENOSPC', 'Make room'],
  ])('for a file that cannot be used (%s) says which, and what to do', (code, todo) => {
    const path = '/checkout/.charter';
    const text = describeFailure(Object.assign(new Error(`${code}: no`), { code, path }));
    expect(text).toMatch(/^Charter cannot use \/checkout\/\.charter\.\n/);
    expect(text).toContain(todo);
    expect(text).not.toContain('    at ');
  });

  it('that nobody thought of shows where it happened', () => {
    expect(describeFailure(new Error('odd'))).toMatch(/odd\n\s+at /);
    expect(describeFailure('only words')).toBe('only words');
  });
});

describe('the greeting', () => {
  it('names the addresses and hides the password', () => {
    const text = greeting(readConfig({}, required), { isEmbedded: true, metricsPort: 9464 });
    expect(text).toContain('http://localhost:3000/docs');
    expect(text).toContain('http://localhost:3000/api/v1/openapi.yaml');
    expect(text).toContain('(embedded)');
    expect(text).not.toContain('hidden-password');
  });

  it('says where the metrics are, or that there are none', () => {
    const text = (metricsPort: number | undefined, settings: object = {}) =>
      greeting(readConfig({}, { ...required, ...settings }), { isEmbedded: false, metricsPort });
    expect(text(9464)).toContain('http://127.0.0.1:9464/metrics\n');
    expect(text(9464, { METRICS_HOST: '::1' })).toContain('http://[::1]:9464/metrics');
    expect(text(5001)).toMatch(/Metrics +http:.*:5001\/metrics +\(port 9464 is taken\)/);
    expect(text(undefined)).toMatch(/Metrics +off/);
  });

  it('hides a password among the parameters as well', () => {
    const DATABASE_URL = 'postgres://db.example/charter?password=hidden-password';
    const config = readConfig({}, { ...required, DATABASE_URL });
    const text = greeting(config, { isEmbedded: false, metricsPort: 9464 });
    expect(text).not.toContain('hidden-password');
  });

  it('shows a database without a password as it is', () => {
    const config = readConfig({}, { ...required, DATABASE_URL: 'postgres://db.example/charter' });
    expect(greeting(config, { isEmbedded: false, metricsPort: 9464 })).toContain(
      'postgres://db.example/charter\n',
    );
  });
});

describe('TRUST_PROXY', () => {
  const trusting = (TRUST_PROXY: string) => () => readConfig({}, { ...required, TRUST_PROXY });

  it.each(['loopback', '10.0.0.0/8', '::1', 'fd00::/8', '192.0.2.7, uniquelocal'])(
    'takes %s',
    (value) => {
      expect(trusting(value)().http.trustProxy).toEqual(value.split(', '));
    },
  );

  it.each(['1', 'true', 'abc', '10.0.0.0/33', '10.0.0.0/8/8', '::/129', '10.0.0.0/x'])(
    'refuses %s: it would trust somebody else, or nobody',
    (value) => {
      expect(trusting(value)).toThrow('TRUST_PROXY: write addresses');
    },
  );
});

describe('the memory of a hash', () => {
  it('may not be less in production than OWASP asks for', () => {
    const production = {
      ...required,
      NODE_ENV: 'production',
      PUBLIC_URL: 'https://api.example.com',
      PASSWORD_HASH_MEMORY_KIB: '1024',
    };
    expect(() => readConfig({}, production)).toThrow('PASSWORD_HASH_MEMORY_KIB: is too little');
  });
});
