import { beforeEach, describe, expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { insertRole } from '../kit/build.ts';
import { charter, useDatabase } from '../kit/command.ts';
import { sending } from '../kit/credentials.ts';
import { eventually } from '../kit/eventually.ts';
import { quickProgram } from '../kit/quick-key.ts';

const app = useApp();
beforeEach(() => useDatabase(app.config.database.url));

async function serviceAccount(...args: string[]) {
  const { out } = await charter(['service-account', ...args, '--json']);
  return JSON.parse(out);
}

describe('service-account create', () => {
  it('makes an account with roles, which the list shows', async () => {
    const role = await insertRole(app, ['users:read']);
    const args = ['create', 'nightly-report', '--description', 'Counts.', '--role', role];
    const { code, out } = await charter(['service-account', ...args, '--role', 'member']);
    expect([code, out.split(/[ ,]+/)]).toEqual([
      0,
      expect.arrayContaining(['nightly-report', 'active', 'member']),
    ]);
    const listed = await serviceAccount('list');
    expect(listed.serviceAccounts).toMatchObject([
      { name: 'nightly-report', description: 'Counts.', roles: ['member', role].toSorted() },
    ]);
    expect((await charter(['service-account', 'list'])).out).toBe(out);
  });

  it('asks a person for the name', async () => {
    const end = await charter(['service-account', 'create'], { answers: ['asked-for'] });
    expect(end).toMatchObject({ code: 0, questions: ['Its name'] });
    expect((await charter(['service-account', 'create'])).err).toContain('add a name');
  });

  it('says what is wrong with a name or a role, and where', async () => {
    const { err } = await charter(['service-account', 'create', 'Nightly Report']);
    expect(err).toMatch(/- name: Use 2 to 64 of a-z/);
    const unknown = await charter(['service-account', 'create', 'x-1', '--role', 'nothing']);
    expect(unknown).toMatchObject({ code: 1, err: expect.stringMatching(/- roles\.0: There is/) });
    await serviceAccount('create', 'taken');
    expect(await serviceAccount('create', 'taken')).toMatchObject({
      error: 'service_account_name_taken',
    });
  });
});

/** A program that may read accounts, its name, and how it fares on the running service. */
async function aProgram() {
  const { serviceAccountId, headers } = await quickProgram(app, ['users:read']);
  const { name } = await app.db('serviceAccounts').where({ id: serviceAccountId }).first();
  const status = async () => (await app.client(sending(headers)).users.list()).status;
  expect(await status()).toBe(200);
  return { serviceAccountId, name: name as string, status };
}

describe('a service account', () => {
  it('rests from deactivate to activate, on the running service', async () => {
    const { name, status } = await aProgram();
    const off = await charter(['service-account', 'deactivate', name]);
    expect(off.out).toMatch(/ deactivated /);
    await eventually(async () => expect(await status()).toBe(401));
    const on = await serviceAccount('activate', name);
    expect(on).toMatchObject({ ok: true, serviceAccount: { name, isActive: true } });
    await eventually(async () => expect(await status()).toBe(200));
  });

  it('gets other roles, or none', async () => {
    const { name, status } = await aProgram();
    const told = await serviceAccount('roles', name, 'member');
    expect(told).toMatchObject({ serviceAccount: { roles: ['member'] } });
    expect(await serviceAccount('roles', name, '--none')).toMatchObject({
      serviceAccount: { roles: [] },
    });
    await eventually(async () => expect(await status()).toBe(403));
    for (const args of [[], ['member', '--none']]) {
      const { code, err } = await charter(['service-account', 'roles', name, ...args]);
      expect([code, err]).toEqual([1, expect.stringContaining('or say --none')]);
    }
  });

  it('is removed once its name was said again, or with --yes', async () => {
    const { name, status, serviceAccountId } = await aProgram();
    const remove = (world = {}, ...flags: string[]) =>
      charter(['service-account', 'remove', name, ...flags], world);
    expect(await remove()).toMatchObject({ code: 1, err: expect.stringContaining('--yes') });
    expect(await remove({ answers: ['another'] })).toMatchObject({
      code: 1,
      err: 'That is another name. Nothing was done.',
    });
    expect(await status()).toBe(200);
    expect(await remove({ answers: [name] })).toMatchObject({
      code: 0,
      out: `${name} is gone, with its keys.`,
    });
    await eventually(async () => expect(await status()).toBe(401));
    const entries = await app.db('auditEntries').where({ targetId: serviceAccountId });
    expect(entries).toMatchObject([
      { operation: 'service-account remove', actor: 'system:charter service-account remove' },
    ]);
    expect(await serviceAccount('remove', name, '--yes')).toMatchObject({ error: 'not_found' });
  });

  it.each(['deactivate', 'activate', 'roles'])('%s knows no other', async (verb) => {
    const args = verb === 'roles' ? ['nobody', '--none'] : ['nobody'];
    const { code, err } = await charter(['service-account', verb, ...args]);
    expect([code, err]).toEqual([1, 'There is no such service account.']);
  });
});
