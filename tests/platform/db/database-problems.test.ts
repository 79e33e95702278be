import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { User, userConstraints } from '../../../server/features/users/model.ts';
import { problemOfDatabaseError } from '../../../server/platform/db/database-problems.ts';
import { useConnection } from '../../kit/database.ts';

const db = useConnection();
const now = new Date();

function insert(fields: { email?: string; username?: string; deletedAt?: Date }) {
  const row = { email: `${randomUUID()}@example.com`, username: randomUUID(), ...fields };
  return User.query(db()).create(row, now);
}

async function problemOf(work: PromiseLike<unknown>) {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return problemOfDatabaseError(error, userConstraints);
}

describe('a broken constraint', () => {
  it.each([
    [{ email: 'twice@example.com' }, 'email_taken'],
    [{ username: 'twice' }, 'username_taken'],
  ])('is the problem that its feature named: %j', async (fields, code) => {
    await insert(fields);
    expect(await problemOf(insert(fields))).toMatchObject({ code });
  });

  it('is none where the other row was removed', async () => {
    const gone = { email: 'gone@example.com', username: 'gone' };
    await insert({ ...gone, deletedAt: now });
    expect(await insert(gone)).toHaveProperty('id');
  });

  it('that nobody named is our mistake', async () => {
    const { id } = await insert({});
    const twice = User.query(db()).insert({ id, email: 'x', username: 'x' } as never);
    expect(await problemOf(twice)).toBeUndefined();
  });
});

describe('an error of the database', () => {
  it.each([
    ['a shutdown', { code: '57P01' }],
    ['a statement that took too long', { code: '57014' }],
    ['a deadlock', { code: '40P01' }],
    ['too many connections', { code: '53300' }],
    ['a connection refused', { code: 'ECONNREFUSED' }],
    ['a pool exhausted', { name: 'KnexTimeoutError' }],
    ['a connection lost', { message: 'Connection terminated unexpectedly' }],
    ['a connection lost in a statement', { message: 'select 1 - Connection terminated' }],
    ['a server that hangs', { message: 'select $1 - Query read timeout' }],
  ])('may pass: %s', (_what, fields) => {
    expect(problemOfDatabaseError(Object.assign(new Error('x'), fields), {})).toMatchObject({
      code: 'service_unavailable',
      retryAfterSeconds: 2,
    });
  });

  it.each([
    ['wrong SQL', { code: '42601' }],
    ['a missing table', { code: '42P01' }],
    ['a value of the wrong type', { code: '22P02' }],
    ['no error of a database', { message: 'x is not a function' }],
  ])('is our mistake: %s', (_what, fields) => {
    expect(problemOfDatabaseError(Object.assign(new Error('x'), fields), {})).toBeUndefined();
  });
});
