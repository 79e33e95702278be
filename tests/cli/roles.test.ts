import { beforeEach, describe, expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { insertRole, insertUser } from '../kit/build.ts';
import { charter, useDatabase } from '../kit/command.ts';
import { sending } from '../kit/credentials.ts';
import { eventually } from '../kit/eventually.ts';
import { quickSession } from '../kit/quick-session.ts';

const app = useApp();
beforeEach(() => useDatabase(app.config.database.url));

async function role(...args: string[]) {
  const { out } = await charter(['role', ...args, '--json']);
  return JSON.parse(out);
}

describe('role list', () => {
  it('shows what each role grants', async () => {
    const name = await insertRole(app, ['users:read', 'audit:read']);
    const { code, out } = await charter(['role', 'list']);
    expect(code).toBe(0);
    expect(out).toMatch(
      new RegExp(`^admin +audit:read, .*\\n(.*\\n)*${name} +audit:read, users:read$`, 'm'),
    );
    const { roles } = await role('list');
    const names = roles.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['admin', 'member']));
  });
});

describe('role grant and revoke', () => {
  it('work on the running service', async () => {
    const name = await insertRole(app, []);
    const { headers, userId } = await quickSession(app);
    await role('assign', name, (await app.db('users').where({ id: userId }).first()).username);
    const status = async () => (await app.client(sending(headers)).audit.list()).status;
    expect(await role('grant', name, 'audit:read')).toEqual({
      ok: true,
      role: { name, permissions: ['audit:read'] },
    });
    await eventually(async () => expect(await status()).toBe(200));
    expect((await charter(['role', 'revoke', name, 'audit:read'])).out).toBe(
      `${name} grants nothing.`,
    );
    await eventually(async () => expect(await status()).toBe(403));
  });

  it('leave the role `admin` alone', async () => {
    const { code, err } = await charter(['role', 'revoke', 'admin', 'audit:read']);
    expect([code, err]).toEqual([1, 'System roles are protected.']);
  });

  it('name the permissions there are, where one is unknown', async () => {
    const { code, err } = await charter(['role', 'grant', 'member', 'users:eat']);
    expect(code).toBe(1);
    expect(err).toMatch(/^There is no permission users:eat\. There are: .*users:read/);
  });
});

describe('role assign and take', () => {
  it('give a role to an account and take it, once', async () => {
    const name = await insertRole(app, []);
    const { id: userId, username, email } = await insertUser(app);
    for (const identifier of [username, email]) {
      expect(await role('assign', name, identifier)).toEqual({ ok: true });
      expect(await app.db('userRoles').where({ userId })).toHaveLength(1);
    }
    const { code, out } = await charter(['role', 'take', name, username]);
    expect([code, out]).toEqual([0, 'The account has the role no more.']);
    expect(await app.db('userRoles').where({ userId })).toEqual([]);
  });

  it('never take from the last administrator', async () => {
    const { username } = await insertUser(app, { roles: ['admin'] });
    expect(await role('take', 'admin', username)).toMatchObject({ error: 'last_administrator' });
  });
});

describe('a role command', () => {
  it.each([
    [['grant', 'nothing', 'users:read'], 'There is no such role.'],
    [['revoke', 'nothing', 'users:read'], 'There is no such role.'],
    [['assign', 'nothing', 'nobody'], 'There is no such role.'],
    [['take', 'member', 'nobody'], 'There is no such account.'],
  ])('says what there is not: %j', async (args, message) => {
    const { code, out, err } = await charter(['role', ...args]);
    expect([code, out, err]).toEqual([1, '', message]);
  });
});

describe('keys rotate', () => {
  it('says when the key signs and when the others retire', async () => {
    const { code, out } = await charter(['keys', 'rotate']);
    const instant = '20.*Z';
    expect(code).toBe(0);
    expect(out).toMatch(
      new RegExp(
        `^Published the key .*\\nIt signs from ${instant}\\.\\nThe keys .* until ${instant}\\.$`,
      ),
    );
  });

  it('takes whole seconds only', async () => {
    const { code, err } = await charter(['keys', 'rotate', '--publish-seconds', '-1']);
    expect([code, err]).toEqual([1, '--publish-seconds takes a whole number of seconds.']);
  });
});
