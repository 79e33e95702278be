import { describe, expect, it } from 'vitest';
import { type Client, unwrap } from '../../../client/index.ts';
import { refusal } from '../../kit/answers.ts';
import { startApp, type TestApp, useApp } from '../../kit/app.ts';
import { insertRole, roleIdOf } from '../../kit/build.ts';
import { sending } from '../../kit/credentials.ts';
import { aHolderOf } from '../../kit/holder.ts';
import { quickSession } from '../../kit/quick-session.ts';
import { codeOf } from '../../kit/second-factors.ts';

const app = useApp();

const needed = refusal(403, 'second_factor_required');

async function somebody(where: TestApp, wanted: Parameters<typeof quickSession>[1] = {}) {
  const { userId, headers } = await quickSession(where, wanted);
  return { userId, client: where.client(sending(headers)) };
}

async function setUp({ secondFactors }: Client, where: TestApp = app): Promise<void> {
  const { secret } = await unwrap(secondFactors.enrol());
  await unwrap(secondFactors.confirm({ body: { code: codeOf(secret, where.clock.now()) } }));
}

describe('a role that asks for a second factor', () => {
  it('lets an account without one do nothing but set one up, look at itself, and leave', async () => {
    const role = await insertRole(app, ['users:read'], { requiresSecondFactor: true });
    const { client, userId } = await somebody(app, { roles: [role] });
    for (const answer of [
      await client.users.list(),
      await client.sessions.list(),
      await client.me.update({ body: { fullName: 'Ada' } }),
      await client.sessions.endAll(),
      await client.secondFactors.removeTotp(),
    ]) {
      expect(answer).toMatchObject(needed);
    }
    expect(await unwrap(client.me.get())).toMatchObject({ id: userId });
    expect(await client.auth.session()).toMatchObject({ status: 200 });
    expect(await unwrap(client.secondFactors.get())).toMatchObject({ isRequired: true });
    await setUp(client);
    expect(await client.users.list()).toMatchObject({ status: 200 });
    await unwrap(client.secondFactors.removeTotp());
    expect(await client.users.list()).toMatchObject(needed);
    expect(await client.auth.logout()).toMatchObject({ status: 204 });
  });

  it('is one from the next request on, and until it asks no more', async () => {
    const name = await insertRole(app, ['users:read']);
    const { client } = await somebody(app, { roles: [name] });
    const { roles } = await aHolderOf(app, 'roles:manage', 'users:read');
    const roleId = await roleIdOf(app, name);
    expect(await client.users.list()).toMatchObject({ status: 200 });
    const asked = await unwrap(roles.update({ roleId, body: { requiresSecondFactor: true } }));
    expect(asked).toMatchObject({ requiresSecondFactor: true });
    expect(await client.users.list()).toMatchObject(needed);
    await unwrap(roles.update({ roleId, body: { requiresSecondFactor: false } }));
    expect(await client.users.list()).toMatchObject({ status: 200 });
  });

  it('shows no more than to anyone where anyone may call', async () => {
    const role = await insertRole(app, ['health:read'], { requiresSecondFactor: true });
    const { client } = await somebody(app, { roles: [role] });
    expect(await unwrap(client.health.check())).not.toHaveProperty('components');
  });
});

describe('REQUIRE_SECOND_FACTOR', () => {
  it('may ask those who hold what protects its holder', async () => {
    const strict = await startApp({ REQUIRE_SECOND_FACTOR: 'administrators' });
    const member = await somebody(strict);
    const administrator = await somebody(strict, { roles: ['admin'] });
    const auditor = await somebody(strict, { permissions: ['audit:read'] });
    expect(await member.client.sessions.list()).toMatchObject({ status: 200 });
    expect(await administrator.client.sessions.list()).toMatchObject(needed);
    expect(await auditor.client.audit.list()).toMatchObject(needed);
    await setUp(administrator.client, strict);
    expect(await administrator.client.roles.list()).toMatchObject({ status: 200 });
    await strict.close();
  });

  it('may ask everybody', async () => {
    const strict = await startApp({ REQUIRE_SECOND_FACTOR: 'everyone' });
    const { client } = await somebody(strict);
    expect(await client.sessions.list()).toMatchObject(needed);
    expect(await unwrap(client.secondFactors.get())).toMatchObject({ isRequired: true });
    await strict.close();
  });
});
