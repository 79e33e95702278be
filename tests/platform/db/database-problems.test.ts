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
    ['a shutdown by the administrator', { code: '57P01' }],
    ['a crash', { code: '57P02' }],
    ['a server that starts', { code: '57P03' }],
    ['a session that was idle for too long', { code: '57P05' }],
    ['a transaction that was idle for too long', { code: '25P03' }],
    ['a transaction that took too long', { code: '25P04' }],
    ['a read-only server', { code: '25006' }],
    ['trouble with the connection', { code: '08006' }],
    ['a full disk', { code: '53100' }],
    ['no memory', { code: '53200' }],
    ['a disk that fails', { code: '58030' }],
    ['a serialization failure', { code: '40001' }],
    ['a lock that is not to be had', { code: '55P03' }],
    ['an object in use', { code: '55006' }],
    ['a password that was changed', { code: '28P01', severity: 'FATAL' }],
    ['an address that is not let in', { code: '28000', severity: 'FATAL' }],
    ['a database that is gone', { code: '3D000', severity: 'FATAL' }],
    ['a database that takes no connections', { code: '55000', severity: 'FATAL' }],
    ['a host out of reach', { code: 'EHOSTUNREACH' }],
    ['a socket file that is gone', { code: 'ENOENT', syscall: 'connect' }],
    ['a name that is not known', { code: 'EAI_FAIL', syscall: 'getaddrinfo' }],
    ['a server without TLS', { message: 'The server does not support SSL connections' }],
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
    ['a missing right', { code: '42501' }],
    ['a transaction that has failed already', { code: '25P02' }],
    ['a file that is missing', { code: 'ENOENT', syscall: 'open' }],
    ['a missing table', { code: '42P01' }],
    ['a value of the wrong type', { code: '22P02' }],
    ['no error of a database', { message: 'x is not a function' }],
  ])('is our mistake: %s', (_what, fields) => {
    expect(problemOfDatabaseError(Object.assign(new Error('x'), fields), {})).toBeUndefined();
  });
});
