import type pg from 'pg';
import { expect, it } from 'vitest';
import { connect } from '../../../server/platform/db/connect.ts';
import { findCall, runInCall } from '../../../server/platform/observability/call-context.ts';
import { createDatabase } from '../../kit/database.ts';

const call = {
  origin: 'http',
  id: 'the-call-that-was-first',
  address: '',
  userAgent: null,
  span: undefined,
} as const;

it('a connection does not belong to the call that opened it', async () => {
  const database = await createDatabase();
  const db = connect({ url: database.url, poolSize: 1, statementTimeoutMs: 5_000 });
  await runInCall(call, async () => void (await db.raw('select 1')));
  const connection = (await db.client.acquireConnection()) as pg.Client;
  const seen: unknown[] = [];
  connection.once('notice', () => seen.push(findCall()?.id));
  await connection.query(`do $$ begin raise notice 'hello'; end $$`);
  db.client.releaseConnection(connection);
  await db.destroy();
  await database.drop();
  expect(seen).toEqual([undefined]);
});
