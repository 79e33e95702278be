import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { invalid, refusal } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { insertRole } from '../../kit/build.ts';
import { sending, withToken } from '../../kit/credentials.ts';
import { aHolderOf } from '../../kit/holder.ts';
import { quickSession } from '../../kit/quick-session.ts';

const app = useApp();
const unauthenticated = refusal(401, 'unauthenticated');
const newName = () => `program-${randomUUID()}`;

async function anAdmin() {
  const { headers } = await quickSession(app, { roles: ['admin'] });
  return app.client(sending(headers));
}

/** A service account that may read accounts, with a key of the same scope. */
async function aProgram() {
  const admin = await anAdmin();
  const body = { name: newName(), roles: [await insertRole(app, ['users:read'])] };
  const account = await unwrap(admin.serviceAccounts.create({ body }));
  const path = { serviceAccountId: account.id };
  const key = { name: 'first', scopes: ['users:read' as const] };
  const made = await unwrap(admin.serviceAccounts.createKey({ ...path, body: key }));
  return { admin, account, path, made, program: withToken(app, made.key) };
}

describe('a service account', () => {
  it('acts by its key, within its roles and the scopes', async () => {
    const { program, account } = await aProgram();
    expect(account).toMatchObject({ isActive: true, description: null });
    expect(await program.users.list()).toMatchObject({ status: 200 });
    expect(await program.roles.list()).toMatchObject(refusal(403, 'permission_denied'));
    expect(await program.me.get()).toMatchObject(refusal(403, 'people_only'));
  });

  it('is named by its id in the audit', async () => {
    const { admin, account } = await aProgram();
    const path = { serviceAccountId: account.id };
    const roles = [await insertRole(app, ['users:manage'])];
    await unwrap(admin.serviceAccounts.update({ ...path, body: { roles } }));
    const body = { name: 'x', scopes: ['users:manage' as const] };
    const { key } = await unwrap(admin.serviceAccounts.createKey({ ...path, body }));
    const person = { email: `${account.name}@example.com`, username: account.name };
    await unwrap(withToken(app, key).users.create({ body: person }));
    const page = await unwrap(admin.audit.list({ actor: account.id }));
    expect(page.items).toMatchObject([{ operation: 'usersCreate', actor: account.id }]);
  });

  it.each([
    ['is deactivated', (isActive: boolean) => ({ isActive })],
    ['lost its roles', () => ({ roles: [] })],
  ])('stops at once when it %s', async (_how, changes) => {
    const { admin, path, program } = await aProgram();
    expect(await program.users.list()).toMatchObject({ status: 200 });
    await unwrap(admin.serviceAccounts.update({ ...path, body: changes(false) }));
    expect(await program.users.list()).toMatchObject({ status: expect.toBeOneOf([401, 403]) });
  });

  it('comes back when it is activated, and deactivating twice is once', async () => {
    const { admin, path, program } = await aProgram();
    const update = (isActive: boolean) =>
      unwrap(admin.serviceAccounts.update({ ...path, body: { isActive } }));
    expect(await update(false)).toMatchObject({ isActive: false });
    const first = await app.db('serviceAccounts').where({ id: path.serviceAccountId }).first();
    app.clock.advance({ seconds: 1 });
    await update(false);
    const again = await app.db('serviceAccounts').where({ id: path.serviceAccountId }).first();
    expect(again.deactivatedAt).toEqual(first.deactivatedAt);
    expect(await program.users.list()).toMatchObject(unauthenticated);
    await update(true);
    expect(await program.users.list()).toMatchObject({ status: 200 });
  });

  it('is gone with its keys when it is removed', async () => {
    const { admin, path, program, made } = await aProgram();
    expect(await program.users.list()).toMatchObject({ status: 200 });
    await unwrap(admin.serviceAccounts.remove(path));
    expect(await program.users.list()).toMatchObject(unauthenticated);
    expect(await admin.serviceAccounts.get(path)).toMatchObject(refusal(404, 'not_found'));
    expect(await app.db('apiKeys').where({ id: made.id })).toEqual([]);
  });

  it('has a name of its own', async () => {
    const { admin, account, path } = await aProgram();
    const { name } = account;
    const taken = refusal(409, 'service_account_name_taken');
    expect(await admin.serviceAccounts.create({ body: { name } })).toMatchObject(taken);
    expect(await admin.serviceAccounts.update({ ...path, body: { name } })).toMatchObject({
      status: 200,
    });
    const other = await aProgram();
    expect(await admin.serviceAccounts.update({ ...other.path, body: { name } })).toMatchObject(
      taken,
    );
  });

  it('does not change or remove itself', async () => {
    const admin = await anAdmin();
    const body = { name: newName(), roles: [await insertRole(app, ['service-accounts:manage'])] };
    const { id: serviceAccountId } = await unwrap(admin.serviceAccounts.create({ body }));
    const key = { name: 'x', scopes: ['service-accounts:manage' as const] };
    const made = await unwrap(admin.serviceAccounts.createKey({ serviceAccountId, body: key }));
    const own = withToken(app, made.key).serviceAccounts;
    const refused = refusal(403, 'own_account_protected');
    expect(await own.update({ serviceAccountId, body: { isActive: true } })).toMatchObject(refused);
    expect(await own.remove({ serviceAccountId })).toMatchObject(refused);
  });

  it('is found among the others, by whether it is active', async () => {
    const { admin, account, path } = await aProgram();
    const listed = async (isActive?: boolean) => {
      const query = { limit: 200, ...(isActive !== undefined && { isActive }) };
      const { items } = await unwrap(admin.serviceAccounts.list(query));
      return items.filter(({ id }) => id === account.id).length;
    };
    expect([await listed(), await listed(true), await listed(false)]).toEqual([1, 1, 0]);
    await unwrap(admin.serviceAccounts.update({ ...path, body: { isActive: false } }));
    expect([await listed(true), await listed(false)]).toEqual([0, 1]);
  });
});

describe('roles of a service account', () => {
  it('are replaced, and take `roles:manage` and a recent sign-in', async () => {
    const { admin, account, path } = await aProgram();
    const name = await insertRole(app, []);
    const update = { ...path, body: { roles: [name] } };
    const manager = await aHolderOf(app, 'service-accounts:manage', 'users:read');
    const denied = refusal(403, 'permission_denied');
    expect(await manager.serviceAccounts.update(update)).toMatchObject(denied);
    const created = { body: { name: newName(), roles: [name] } };
    expect(await manager.serviceAccounts.create(created)).toMatchObject(denied);
    const { headers } = await quickSession(app, { roles: ['admin'], signedInMinutesAgo: 11 });
    const tooOld = refusal(403, 'reauthentication_required');
    const old = app.client(sending(headers)).serviceAccounts;
    expect(await old.update(update)).toMatchObject(tooOld);
    expect(await old.create(created)).toMatchObject(tooOld);
    const changed = await unwrap(admin.serviceAccounts.update(update));
    expect([account.roles.length, changed.roles]).toEqual([1, [name]]);
  });

  it('must be there', async () => {
    const { admin, path } = await aProgram();
    const update = admin.serviceAccounts.update({ ...path, body: { roles: ['no-such-role'] } });
    expect(await update).toMatchObject(invalid('roles.0', 'unknown_role'));
  });
});

describe('keys of a service account', () => {
  it('are listed, rotated and revoked', async () => {
    const { admin, path, made, program } = await aProgram();
    const of = { ...path, keyId: made.id };
    const rotate = () => admin.serviceAccounts.rotateKey({ ...of, body: { overlapSeconds: 60 } });
    const next = await unwrap(rotate());
    expect(await rotate()).toMatchObject(refusal(409, 'api_key_ended'));
    expect(await program.users.list()).toMatchObject({ status: 200 });
    expect(await withToken(app, next.key).users.list()).toMatchObject({ status: 200 });
    const { items } = await unwrap(admin.serviceAccounts.listKeys(path));
    expect(items.map(({ id }) => id)).toEqual([next.id, made.id]);
    await unwrap(admin.serviceAccounts.revokeKey({ ...path, keyId: next.id }));
    expect(await withToken(app, next.key).users.list()).toMatchObject(unauthenticated);
  });

  it('give nobody what they do not hold', async () => {
    const { path, made } = await aProgram();
    const manager = await aHolderOf(app, 'service-accounts:manage');
    const denied = refusal(403, 'permission_denied');
    const body = { name: 'x', scopes: ['users:read' as const] };
    expect(await manager.serviceAccounts.createKey({ ...path, body })).toMatchObject(denied);
    const rotate = { ...path, keyId: made.id, body: {} };
    expect(await manager.serviceAccounts.rotateKey(rotate)).toMatchObject(denied);
  });

  it('stop at fifty that work', async () => {
    const { admin, path, made } = await aProgram();
    const row = await app.db('apiKeys').where({ id: made.id }).first();
    const more = Array.from({ length: 49 }, () => ({ ...row, id: randomUUID() }));
    await app.db('apiKeys').insert(more);
    const tooMany = refusal(409, 'too_many_api_keys');
    const body = { name: 'x', scopes: [] };
    expect(await admin.serviceAccounts.createKey({ ...path, body })).toMatchObject(tooMany);
    const rotate = { ...path, keyId: made.id, body: {} };
    expect(await admin.serviceAccounts.rotateKey(rotate)).toMatchObject(tooMany);
  });

  it('are those of the account, and of no other', async () => {
    const [one, other] = [await aProgram(), await aProgram()];
    const path = { ...one.path, keyId: other.made.id };
    const missing = refusal(404, 'not_found');
    expect(await one.admin.serviceAccounts.revokeKey(path)).toMatchObject(missing);
    expect(await one.admin.serviceAccounts.rotateKey({ ...path, body: {} })).toMatchObject(missing);
  });
});
