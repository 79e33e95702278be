import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connect, type Database } from '../../server/platform/db/connect.ts';
import { readSchemaState } from '../../server/platform/db/schema-state.ts';
import { SecretKeys } from '../../server/platform/secrets/secret-keys.ts';
import { charter, useDatabase } from '../kit/command.ts';
import { createDatabase, createEmptyDatabase } from '../kit/database.ts';

const nowhere = 'postgres://charter:hunter2@127.0.0.1:1/charter';

let whole: Awaited<ReturnType<typeof createDatabase>>;
beforeAll(async () => {
  whole = await createDatabase();
});
afterAll(() => whole.drop());

async function onEmpty(work: (url: string) => Promise<void>): Promise<void> {
  const { url, drop } = await createEmptyDatabase();
  useDatabase(url);
  try {
    await work(url);
  } finally {
    await drop();
  }
}

describe('migrate', () => {
  it('brings an empty database up to date, once', () =>
    onEmpty(async (url) => {
      const first = await charter(['migrate']);
      expect(first.code).toBe(0);
      expect(first.out).toMatch(/^migrated 0001_accounts\nmigrated 0002_/);
      const db = connect({ url, poolSize: 1, statementTimeoutMs: 5_000 });
      expect((await readSchemaState(db)).pending).toEqual([]);
      await db.destroy();
      expect((await charter(['migrate'])).out).toBe('The schema is up to date.');
    }));

  it('answers what ran as JSON', () =>
    onEmpty(async () => {
      const { out } = await charter(['migrate', '--json']);
      expect(JSON.parse(out)).toMatchObject({ ok: true });
      expect(JSON.parse(out).migrations[0]).toBe('0001_accounts');
    }));

  it('says without a stack that the database cannot be reached', async () => {
    useDatabase(nowhere);
    const { code, err } = await charter(['migrate']);
    expect(code).toBe(1);
    expect(err).toContain('The database cannot be reached.');
    expect(err).not.toMatch(/ {4}at |hunter2/);
  });

  it('answers the same as JSON', async () => {
    useDatabase(nowhere);
    const { code, out, err } = await charter(['migrate', '--json']);
    expect(JSON.parse(out)).toMatchObject({ ok: false, error: 'failed' });
    expect([code, err]).toEqual([1, '']);
  });
});

describe('keys create', () => {
  it('makes the first signing key, once', () =>
    onEmpty(async () => {
      await charter(['migrate']);
      expect((await charter(['keys', 'create'])).out).toBe('Made the first signing key.');
      expect((await charter(['keys', 'create'])).out).toBe('There is a signing key already.');
      expect(JSON.parse((await charter(['keys', 'create', '--json'])).out)).toEqual({
        ok: true,
        madeKey: false,
      });
    }));

  it('leaves an entry of the key that it makes', () =>
    onEmpty(async (url) => {
      await charter(['migrate']);
      await Promise.all([charter(['keys', 'create']), charter(['keys', 'create'])]);
      const db = connect({ url, poolSize: 1, statementTimeoutMs: 5_000 });
      const { id: targetId } = await db('signing_keys').first();
      const entries = await db('audit_entries').select();
      await db.destroy();
      const [operation, origin, actor] = ['keys create', 'command', 'system:first signing key'];
      const target = { targetType: 'signing_key', targetId };
      expect(entries).toMatchObject([{ operation, origin, actor, result: 'done', ...target }]);
    }));
});

describe('doctor', () => {
  it('finds a service in order', async () => {
    useDatabase(whole.url);
    const { code, out } = await charter(['doctor']);
    expect(code).toBe(0);
    for (const check of ['Node.js', 'configuration', 'database', 'schema', 'signing key']) {
      expect(out).toContain(`✓ ${check}`);
    }
  });

  it('answers its findings as one JSON document', async () => {
    useDatabase(whole.url);
    const { out } = await charter(['doctor', '--json']);
    expect(JSON.parse(out)).toMatchObject({ ok: true, findings: expect.any(Array) });
  });

  it('says what an old schema lacks and what to do', () =>
    onEmpty(async () => {
      const { code, out } = await charter(['doctor']);
      expect(code).toBe(1);
      expect(out).toMatch(/✗ schema +lacks 0001_accounts.*\n {2}What to do: .*migrate/);
      expect(out).toMatch(/✗ signing key.*\n {2}What to do: .*keys create/);
    }));

  it('answers what is wrong as one JSON document, too', () =>
    onEmpty(async () => {
      const { code, out } = await charter(['doctor', '--json']);
      expect(code).toBe(1);
      expect(JSON.parse(out)).toMatchObject({ ok: false });
    }));

  it('says that there is no database', async () => {
    useDatabase(nowhere);
    const { code, out } = await charter(['doctor']);
    expect(code).toBe(1);
    expect(out).toMatch(/✗ database +The database cannot be reached/);
    expect(out).not.toContain('hunter2');
  });

  it('says that there is no Redis where one is named, and what to do', async () => {
    useDatabase(whole.url);
    vi.stubEnv('REDIS_URL', 'redis://:hunter2@127.0.0.1:1');
    const { code, out } = await charter(['doctor']);
    vi.stubEnv('REDIS_URL', undefined);
    expect(code).toBe(1);
    expect(out).toMatch(/✗ redis +connect ECONNREFUSED.*\n {2}What to do: .*REDIS_URL/);
    expect(out).not.toContain('hunter2');
  });

  it('lists every mistake of the configuration', async () => {
    useDatabase('mysql://nowhere');
    const { code, out } = await charter(['doctor']);
    expect(code).toBe(1);
    expect(out).toContain('✗ configuration  DATABASE_URL: ');
  });
});

describe('what doctor finds of the work', () => {
  async function withRows(work: (db: Database) => Promise<void>) {
    const { url, drop } = await createDatabase();
    const db = connect({ url, poolSize: 1, statementTimeoutMs: 60_000 });
    await work(db);
    useDatabase(url);
    const found = await charter(['doctor']);
    await db.destroy();
    await drop();
    return found;
  }

  it('names what waits for nobody, and what nobody takes', async () => {
    const { code, out } = await withRows(async (db) => {
      const before = new Date(Date.now() - 3_600_000);
      const queue = { name: 'test.never', policy: 'standard', partition: false };
      const numbers = { retryLimit: 7, retryDelay: 1, expireSeconds: 60, retentionSeconds: 60 };
      const more = { retryBackoff: true, deletionSeconds: 60, tableName: 'job_common' };
      await db('pgboss.queue').insert({ ...queue, ...numbers, ...more });
      const job = { name: 'test.never', policy: 'standard', createdOn: before, startAfter: before };
      await db('pgboss.job').insert({ ...job, id: randomUUIDv7() });
      const mail = { id: randomUUIDv7(), kind: 'test.mail', locale: 'en', createdAt: before };
      await db('mails').insert({ ...mail, sealed: 'x', lastError: 'ECONNREFUSED' });
      await db.raw('alter table audit_entries disable trigger user');
      await db('audit_entries').update({ at: before });
    });
    expect(code).toBe(1);
    expect(out).toMatch(/✗ jobs +1 are due, the oldest for 36\d\d s\n {2}What to do: .*worker/);
    expect(out).toMatch(/✗ mail +1 were not taken so far: ECONNREFUSED\n/);
    expect(out).toMatch(/✗ audit +entries wait for their seal for 60 min\n/);
  });

  it('names what has failed for good, and keys that nobody can open', async () => {
    const { code, out } = await withRows(async (db) => {
      const queue = { name: 'test.never', policy: 'standard', partition: false };
      const numbers = { retryLimit: 7, retryDelay: 1, expireSeconds: 60, retentionSeconds: 60 };
      const more = { retryBackoff: true, deletionSeconds: 60, tableName: 'job_common' };
      await db('pgboss.queue').insert({ ...queue, ...numbers, ...more });
      const job = { name: 'test.never', policy: 'standard', state: 'failed' };
      await db('pgboss.job').insert({ ...job, id: randomUUIDv7() });
      const [key] = await db('signing_keys').select('id');
      const other = new SecretKeys(['a secret that nobody has any more 01234']);
      const privateJwkSealed = other.seal('{}', `signing_keys:${key.id}`);
      await db('signing_keys').update({ privateJwkSealed });
    });
    expect(code).toBe(1);
    expect(out).toMatch(/✗ jobs +1 have failed for good\n {2}What to do: .*jobs list/);
    expect(out).toMatch(/✗ signing key +sealed by a secret .*\n {2}What to do: Put the older/);
  });
});
