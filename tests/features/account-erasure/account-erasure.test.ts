import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { refusal } from '../../kit/answers.ts';
import { startApp, useApp } from '../../kit/app.ts';
import { aMember, anAdministrator, signIn } from '../../kit/callers.ts';
import { eventually } from '../../kit/eventually.ts';
import { mailsTo } from '../../kit/mailbox.ts';
import { aPicture } from '../../kit/pictures.ts';

const app = useApp();
const erase = () => app.runScheduled('account-erasure.erase');
const subjects = async (address: string) =>
  (await mailsTo(app, address)).map(({ subject }) => subject);

describe('the erasure of an account', () => {
  it('can be cancelled until its day, and its owner alone stays signed in', async () => {
    const person = await aMember(app);
    const elsewhere = await signIn(app, person);
    const none = { requestedAt: null, erasesAt: null };
    expect(await unwrap(person.client.accountErasure.get())).toEqual(none);
    const asked = await unwrap(person.client.accountErasure.request());
    const days = (Date.parse(asked.erasesAt ?? '') - app.clock.now().getTime()) / 86_400_000;
    expect(days).toBeCloseTo(30);
    expect(await elsewhere.client.me.get()).toMatchObject(refusal(401, 'unauthenticated'));
    app.clock.advance({ minutes: 1 });
    expect(await unwrap(person.client.accountErasure.request())).toEqual(asked);
    const again = await signIn(app, person);
    await unwrap(again.client.accountErasure.cancel());
    await unwrap(again.client.accountErasure.cancel());
    expect(await unwrap(again.client.accountErasure.get())).toEqual(none);
    app.clock.advance({ days: 31 });
    await erase();
    expect(await signIn(app, person)).toBeDefined();
    expect(await subjects(person.email)).toEqual([
      expect.stringContaining('will be erased'),
      expect.stringContaining('stays'),
    ]);
  });

  it('leaves nothing personal, and tells its owner and whoever asked to hear', async () => {
    const person = await aMember(app);
    await person.client.me.update({ body: { fullName: 'Somebody Unforgettable' } });
    await unwrap(person.client.me.setAvatar({ body: { file: aPicture() } }));
    await app.request('/api/v1/auth/login', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ identifier: person.email, password: 'wrong', delivery: 'tokens' }),
    });
    const createdAt = app.clock.now();
    const { email, username } = person;
    await app.db('signUps').insert({ email, username, passwordHash: 'none', createdAt });
    const invited = { id: crypto.randomUUID(), email, createdAt, expiresAt: createdAt };
    await app.db('invitations').insert(invited);
    await unwrap(person.client.accountErasure.request());
    app.clock.advance({ days: 29 });
    await erase();
    const back = await signIn(app, person);
    await unwrap(back.client.accountExport.request());
    await app.workJobs();
    app.clock.advance({ days: 2 });
    await erase();
    await erase();
    expect((await subjects(person.email)).at(-1)).toContain('is erased');
    expect(await back.client.me.get()).toMatchObject(refusal(401, 'unauthenticated'));
    const rows = await everyRow();
    for (const personal of [person.email, person.username, 'Unforgettable']) {
      expect(rows.filter((row) => row.includes(personal))).toEqual([]);
    }
    const told = rows.filter((row) => row.includes(person.id)).map((row) => row.split(' ', 1)[0]);
    expect(new Set(told)).toEqual(new Set(['audit_entries', 'events', 'revocations']));
    const entries = await app.db('auditEntries').where({ actor: person.id }).select('id');
    const ids = entries.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(0);
    expect(await app.db('auditOrigins').whereIn('entryId', ids)).toEqual([]);
    for (const area of ['account-exports', 'avatars']) {
      const folder = join(app.config.storage.path, area);
      await eventually(async () => expect(await readdir(folder)).toEqual([]));
    }
    const done = await app.db('auditEntries').where({ operation: 'account-erasure.erase' });
    expect(done).toMatchObject([{ targetId: person.id, actor: 'system:account erasure' }]);
    expect(await app.db('events').where({ name: 'account.erased' })).toMatchObject([
      { data: { userId: person.id } },
    ]);
  });

  it('is refused to the last administrator, at first and at last', async () => {
    const alone = await startApp();
    const admin = await anAdministrator(alone);
    const other = await anAdministrator(alone);
    await unwrap(admin.client.accountErasure.request());
    await alone.db('users').where({ id: other.id }).update({ deactivatedAt: alone.clock.now() });
    alone.clock.advance({ days: 31 });
    await alone.runScheduled('account-erasure.erase');
    expect(await alone.db('users').where({ id: admin.id })).toHaveLength(1);
    expect(alone.logs).toContainEqual(
      expect.objectContaining({ userId: admin.id, reason: 'last_administrator' }),
    );
    const back = await signIn(alone, admin);
    await unwrap(back.client.accountErasure.cancel());
    expect(await back.client.accountErasure.request()).toMatchObject(
      refusal(409, 'last_administrator'),
    );
    await alone.close();
  });
});

/** `table {…}` for each row that there is. */
async function everyRow(): Promise<string[]> {
  const { rows: tables } = await app.db.raw<{ rows: { name: string }[] }>(
    `select table_name as name from information_schema.tables
     where table_schema = 'public' and table_type = 'BASE TABLE'`,
  );
  const all = tables.map(async ({ name }) => {
    const rows: object[] = await app.db(name);
    return rows.map((row) => `${name} ${JSON.stringify(row)}`);
  });
  return (await Promise.all(all)).flat();
}
