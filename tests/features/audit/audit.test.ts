import { beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { invalid, refusal } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { insertUser } from '../../kit/build.ts';
import {
  aMember,
  anAdministrator,
  type Caller,
  createPerson,
  newPerson,
} from '../../kit/callers.ts';
import { openBrowser, sending } from '../../kit/credentials.ts';
import { quickSession } from '../../kit/quick-session.ts';

const app = useApp();
let admin: Caller;

beforeAll(async () => {
  admin = await anAdministrator(app);
});

/** Somebody who has done this many things. */
async function aBusyCaller(changes: number) {
  const { headers, userId } = await quickSession(app);
  const client = app.client(sending(headers));
  for (let change = 0; change < changes; change += 1) {
    app.clock.advance({ seconds: 1 });
    await unwrap(client.me.update({ body: { fullName: `Ada ${change}` } }));
  }
  return { id: userId, client };
}

describe('audit.list', () => {
  it('pages from the newest to the oldest, or the other way', async () => {
    const { id: actor } = await aBusyCaller(3);
    const [first, ...more] = await Array.fromAsync(admin.client.audit.listAll({ actor, limit: 1 }));
    expect(more).toHaveLength(2);
    expect(first?.at).toBe(app.clock.now().toISOString());
    const { items } = await unwrap(admin.client.audit.list({ actor, sort: 'at' }));
    expect(items.map(({ id }) => id)).toEqual([more[1]?.id, more[0]?.id, first?.id]);
  });

  it('finds by target, operation, result and time', async () => {
    const { id, client } = await aBusyCaller(1);
    const since = app.clock.now().toISOString();
    app.clock.advance({ seconds: 1 });
    const until = app.clock.now().toISOString();
    await client.users.statistics();
    await unwrap(admin.client.users.deactivate({ userId: id }));
    const find = async (filters: object) => {
      const { items } = await unwrap(admin.client.audit.list({ limit: 200, ...filters }));
      return items.map(({ operation }) => operation);
    };
    expect(await find({ targetId: id.toUpperCase() })).toEqual(['usersDeactivate', 'meUpdate']);
    expect(await find({ targetId: id, operation: 'meUpdate' })).toEqual(['meUpdate']);
    expect(await find({ actor: id, result: 'denied' })).toEqual(['usersStatistics']);
    expect(await find({ actor: id, from: since, before: until })).toEqual(['meUpdate']);
    expect(await find({ actor: id, from: until })).toEqual(['usersStatistics']);
  });

  it('takes the permission', async () => {
    const { client } = await aMember(app);
    expect(await client.audit.list()).toMatchObject(refusal(403, 'permission_denied'));
    const { headers } = await quickSession(app, { permissions: ['audit:read'] });
    expect(await app.client(sending(headers)).audit.list()).toMatchObject({ status: 200 });
  });
});

describe('an entry', () => {
  it('is not left by what fails in the end', async () => {
    const { email } = await insertUser(app);
    const requestId = `failed-${admin.id}`;
    const authorization = `Bearer ${admin.tokens().accessToken}`;
    const client = app.client(sending({ authorization, 'x-request-id': requestId }));
    const { username, email: free } = newPerson();
    const taken = await client.users.create({ body: { username, email } });
    expect(taken).toMatchObject(refusal(409, 'email_taken'));
    const body = { username, email: free, roles: ['nothing'] };
    const refused = await client.users.create({ body });
    expect(refused).toMatchObject(invalid('roles.0'));
    expect(await app.db('auditEntries').where({ requestId })).toEqual([]);
  });

  it('names what was changed and never to what', async () => {
    const { client, id, tokens } = await aMember(app);
    const person = { ...newPerson(), fullName: 'Augusta Ada King' };
    const { email, username, fullName, password } = person;
    const newPassword = 'a passphrase that nobody shall read';
    await unwrap(admin.client.users.update({ userId: id, body: { email, username, fullName } }));
    const { accessToken, refreshToken } = tokens();
    await client.me.changePassword({ body: { currentPassword: 'not the one', newPassword } });
    await unwrap(client.me.changePassword({ body: { newPassword } }));
    const { secret } = await openBrowser(app, { ...person, id, password: newPassword });
    const done = { targetId: id, result: 'done' } as const;
    const { items } = await unwrap(admin.client.audit.list(done));
    const changed = items.map((entry) => entry.changed);
    expect(changed).toEqual([['password'], ['email', 'fullName', 'username']]);
    const stored = JSON.stringify([
      await app.db('auditEntries').select(),
      await app.db('auditOrigins').select(),
    ]);
    const values = [email, username, fullName, password, newPassword, secret];
    for (const value of [...values, accessToken, refreshToken, 'argon2', 'not the one']) {
      expect(stored).not.toContain(value);
    }
  });

  it('of a sign-in says from where, which may be cleared', async () => {
    const person = await createPerson(app);
    await openBrowser(app, person);
    const find = async () => {
      const filters = { actor: person.id, operation: 'authLogin' };
      return (await unwrap(admin.client.audit.list(filters))).items;
    };
    const [entry] = await find();
    expect(entry).toMatchObject({ address: '127.0.0.1', userAgent: 'node' });
    await app.db('auditOrigins').where({ entryId: entry?.id }).delete();
    expect(await find()).toEqual([{ ...entry, address: null, userAgent: null }]);
  });
});

describe('the database', () => {
  const refused = { code: '42501' };

  it('keeps entries as they are, whoever asks', async () => {
    await expect(app.db('auditEntries').update({ actor: 'nobody' })).rejects.toMatchObject(refused);
    await expect(app.db('auditEntries').delete()).rejects.toMatchObject(refused);
    const truncation = app.db.raw('truncate audit_entries cascade');
    await expect(truncation).rejects.toMatchObject(refused);
  });

  it('lets retention take entries, and change none', async () => {
    const { id: actor } = await aBusyCaller(1);
    const retain = (work: string) =>
      app.db.transaction(async (trx) => {
        await trx.raw("set local charter.audit_retention = 'on'");
        await trx.raw(work, { actor });
      });
    const change = retain("update audit_entries set reason = 'x' where actor = :actor");
    await expect(change).rejects.toMatchObject(refused);
    await expect(retain('truncate audit_entries cascade')).rejects.toMatchObject(refused);
    await retain('delete from audit_entries where actor = :actor');
    const { items } = await unwrap(admin.client.audit.list({ actor }));
    expect(items).toEqual([]);
  });
});
