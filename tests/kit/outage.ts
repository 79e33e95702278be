import { expect } from 'vitest';
import type { TestApp } from './app.ts';
import { newPerson } from './callers.ts';
import { eventually } from './eventually.ts';

export const unavailable = { status: 503, code: 'service_unavailable' };

/** A sign-in as nobody: it asks the database for the account, and 401 says that it could. */
export async function askDatabase(app: TestApp) {
  const { username: identifier, password } = newPerson();
  const answer = await app.request('/api/v1/auth/login', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ identifier, password, delivery: 'tokens' }),
  });
  return {
    ...((await answer.json()) as { status: number; code: string }),
    retryAfter: answer.headers.get('retry-after'),
  };
}

/** The first request after a failure may still meet a connection that is about to be known dead. */
export async function assertRecovers(app: TestApp): Promise<void> {
  await eventually(async () => expect(await askDatabase(app)).toMatchObject({ status: 401 }));
}

/** Makes every read of accounts wait until the answered function is called. */
export async function blockUsers({ db }: TestApp): Promise<() => Promise<unknown>> {
  const lock = await db.transaction();
  await lock.raw('lock table users in access exclusive mode');
  return () => lock.rollback();
}

/** How many statements wait for a lock in this database. */
export async function countWaiting({ db }: Pick<TestApp, 'db'>): Promise<number> {
  const { rows } = await db.raw<{ rows: unknown[] }>(
    `select 1 from pg_locks where not granted
     and database = (select oid from pg_database where datname = current_database())`,
  );
  return rows.length;
}
