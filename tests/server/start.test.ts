import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from '../../server/config.ts';
import { describeFailure } from '../../server/start/failure.ts';
import { greeting } from '../../server/development/greeting.ts';
import { assertPortFree, listen, metricsDoor } from '../../server/start/listen.ts';

const required = {
  DATABASE_URL: 'postgres://ada:hidden-password@db.example/charter',
  SECRET_KEYS: 'a secret of at least 32 characters',
};

describe('a port', () => {
  it('that is free is listened on, and named', async () => {
    await assertPortFree(0, '127.0.0.1');
    const server = createServer();
    const port = await listen(server, 0, '127.0.0.1');
    expect(port).toBe((server.address() as AddressInfo).port);
    server.close();
  });

  it('that is busy is told with what to do', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await expect(assertPortFree(port, '127.0.0.1')).rejects.toThrow(`PORT=${port + 1} npm start`);
    server.close();
  });

  it('that is busy for the metrics names their setting', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const another = listen(createServer(), port, '127.0.0.1', metricsDoor);
    await expect(another).rejects.toThrow(`METRICS_PORT=${port + 1} npm start`);
    server.close();
  });

  it('on an address of somebody else is told with what to do', async () => {
    await expect(assertPortFree(0, '203.0.113.1')).rejects.toThrow('HOST and PORT');
  });
});

describe('a failed start', () => {
  it('tells the mistakes of the configuration without a stack', () => {
    const text = describeFailure(new ConfigError(['PORT: write a whole number']));
    expect(text).toContain('PORT: write a whole number');
    expect(text).not.toContain('    at ');
  });

  it.each(['ECONNREFUSED', 'ENOTFOUND', '28P01', '3D000'])(
    'for want of a database (%s) says what to do, without a stack',
    (code) => {
      const text = describeFailure(Object.assign(new Error(''), { code }));
      expect(text).toContain('doctor');
      expect(text).not.toContain('    at ');
    },
  );

  it('that nobody thought of shows where it happened', () => {
    expect(describeFailure(new Error('odd'))).toMatch(/odd\n\s+at /);
    expect(describeFailure('only words')).toBe('only words');
  });
});

describe('the greeting', () => {
  it('names the addresses and hides the password', () => {
    const text = greeting(readConfig({}, required), { isEmbedded: true });
    expect(text).toContain('http://localhost:3000/docs');
    expect(text).toContain('(embedded)');
    expect(text).not.toContain('hidden-password');
  });

  it('says where the metrics are, or that there are none', () => {
    const text = (settings: object) =>
      greeting(readConfig({}, { ...required, ...settings }), { isEmbedded: false });
    expect(text({})).toContain('http://127.0.0.1:9464/metrics');
    expect(text({ METRICS_HOST: '::1' })).toContain('http://[::1]:9464/metrics');
    expect(text({ METRICS_PORT: '0' })).toMatch(/Metrics +off/);
  });

  it('shows a database without a password as it is', () => {
    const config = readConfig({}, { ...required, DATABASE_URL: 'postgres://db.example/charter' });
    expect(greeting(config, { isEmbedded: false })).toContain('postgres://db.example/charter\n');
  });
});

describe('TRUST_PROXY', () => {
  const trusting = (TRUST_PROXY: string) => () => readConfig({}, { ...required, TRUST_PROXY });

  it.each(['loopback', '10.0.0.0/8', '::1', 'fd00::/8', '192.0.2.7, uniquelocal'])(
    'takes %s',
    (value) => {
      expect(trusting(value)().TRUST_PROXY).toEqual(value.split(', '));
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
