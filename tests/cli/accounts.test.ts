import { beforeEach, describe, expect, it } from 'vitest';
import { User } from '../../server/features/users/model.ts';
import { refusal } from '../kit/answers.ts';
import { useApp } from '../kit/app.ts';
import { insertUser } from '../kit/build.ts';
import { aMember, createPerson, goodPassword, type Person } from '../kit/callers.ts';
import { charter, useDatabase } from '../kit/command.ts';
import { eventually } from '../kit/eventually.ts';

const app = useApp();
beforeEach(() => useDatabase(app.config.database.url));

const newPassword = 'quite another passphrase';
const nobody = { code: 1, out: '', err: 'There is no such account.' };

async function login({ username: identifier }: Person, password: string) {
  const body = { identifier, password, delivery: 'tokens' } as const;
  return (await app.client().auth.login({ body })).status;
}

describe('admin reset', () => {
  it('sets a new password, activates the account and ends its sessions', async () => {
    const member = await aMember(app);
    await User.query(app.db).findById(member.id).patch({ deactivatedAt: app.clock.now() });
    const end = await charter(['admin', 'reset', member.email], { input: newPassword });
    const told = 'can sign in with the new password; all sessions were ended.';
    expect(end).toMatchObject({ code: 0, err: '', out: `${member.username} ${told}` });
    expect([await login(member, goodPassword), await login(member, newPassword)]).toEqual([
      401, 200,
    ]);
    const ended = refusal(401, 'unauthenticated');
    await eventually(async () => expect(await member.client.me.get()).toMatchObject(ended));
  });

  it('takes the username in any case, and answers JSON', async () => {
    const { id, username } = await insertUser(app);
    const args = ['admin', 'reset', username.toUpperCase(), '--json'];
    const { out } = await charter(args, { input: newPassword });
    expect(JSON.parse(out)).toEqual({ ok: true, user: { id } });
  });

  it('holds the new password to the rules', async () => {
    const { username } = await insertUser(app);
    const { code, err } = await charter(['admin', 'reset', username], { input: 'password1234' });
    expect([code, err]).toEqual([1, expect.stringContaining('password: ')]);
  });

  it('knows nobody else', async () => {
    expect(await charter(['admin', 'reset', 'nobody'], { input: newPassword })).toMatchObject(
      nobody,
    );
  });
});

describe('user reset-link', () => {
  it('sends a link, and shows none', async () => {
    const { username, email } = await insertUser(app);
    const { code, out } = await charter(['user', 'reset-link', username]);
    expect([code, out]).toEqual([0, `A link is on its way to ${email}.`]);
    expect(await app.db('mails').where({ kind: 'password-reset.sent' })).toHaveLength(1);
  });

  it('answers JSON', async () => {
    const { username, email } = await insertUser(app);
    const { out } = await charter(['user', 'reset-link', username, '--json']);
    expect(JSON.parse(out)).toEqual({ ok: true, email });
  });
});

describe('user list', () => {
  it('shows every account that matches, one in a line', async () => {
    const { username, email } = await insertUser(app, { roles: ['member'] });
    const { code, out } = await charter(['user', 'list', '--search', username]);
    expect(code).toBe(0);
    expect(out.split(/\s+/)).toEqual([username, email, 'active', 'member']);
  });

  it('answers JSON in the shape of the API, without anything secret', async () => {
    const { id, username } = await createPerson(app);
    const { out } = await charter(['user', 'list', '--search', username, '--json']);
    expect(JSON.parse(out)).toMatchObject({ ok: true, users: [{ id, view: 'full' }] });
    expect(out).not.toMatch(/argon|password/i);
  });

  it('goes through all pages', async () => {
    const rows = Array.from({ length: 201 }, (_, at) => ({ username: `many-${at}` }));
    await Promise.all(rows.map((row) => insertUser(app, row)));
    const { out } = await charter(['user', 'list', '--search', 'many-', '--json']);
    expect(JSON.parse(out).users).toHaveLength(201);
  });
});

describe('user deactivate', () => {
  it('ends the sessions on the running service, until activate lets the person in', async () => {
    const member = await aMember(app);
    const off = await charter(['user', 'deactivate', member.username]);
    expect(off).toMatchObject({ code: 0, out: expect.stringContaining('deactivated') });
    const ended = refusal(401, 'unauthenticated');
    await eventually(async () => expect(await member.client.me.get()).toMatchObject(ended));
    const on = await charter(['user', 'activate', member.email, '--json']);
    expect(JSON.parse(on.out)).toMatchObject({ ok: true, user: { isActive: true } });
    expect(await login(member, member.password)).toBe(200);
  });

  it('protects the last administrator', async () => {
    const { username } = await insertUser(app, { roles: ['admin'] });
    const { code, err } = await charter(['user', 'deactivate', username]);
    expect([code, err]).toEqual([1, 'The last administrator stays.']);
  });

  it.each(['deactivate', 'activate'])('%s knows nobody else', async (verb) => {
    expect(await charter(['user', verb, 'nobody@example.com'])).toMatchObject(nobody);
    const { out } = await charter(['user', verb, 'nobody', '--json']);
    expect(JSON.parse(out)).toMatchObject({ ok: false, error: 'not_found' });
  });
});

describe('a command', () => {
  it('leaves one entry that names it', async () => {
    const { id, username } = await insertUser(app);
    await charter(['user', 'deactivate', username]);
    const entries = await app.db('auditEntries').where({ targetId: id });
    const told = {
      operation: 'user deactivate',
      origin: 'command',
      result: 'done',
      actor: 'system:charter user deactivate',
    };
    expect(entries).toMatchObject([told]);
  });
});
