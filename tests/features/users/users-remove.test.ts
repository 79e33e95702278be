import { beforeAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { Session } from '../../../server/features/sessions/model.ts';
import { User } from '../../../server/features/users/model.ts';
import { refusal } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { insertRole } from '../../kit/build.ts';
import { aMember, anAdministrator, type Caller, createPerson, signIn } from '../../kit/callers.ts';
import { openBrowser } from '../../kit/credentials.ts';

const app = useApp();
let admin: Caller;

beforeAll(async () => {
  admin = await anAdministrator(app);
});

function remove({ id }: { id: string }, { client } = admin) {
  return client.users.remove({ userId: id });
}

describe('users.remove', () => {
  it('takes the account away', async () => {
    const { id } = await createPerson(app);
    expect(await remove({ id })).toMatchObject({ status: 204 });
    const gone = refusal(404, 'not_found');
    expect(await admin.client.users.get({ userId: id })).toMatchObject(gone);
    expect(await remove({ id })).toMatchObject(gone);
  });

  it('keeps the row, so that it can be restored', async () => {
    const { id } = await createPerson(app);
    await remove({ id });
    const row = await User.query(app.db).withDeleted().findById(id);
    expect(row?.deletedAt).toEqual(app.clock.now());
  });

  it('ends every session of the account at once', async () => {
    const person = await aMember(app);
    const { client: browser } = await openBrowser(app, person);
    const { refreshToken } = person.tokens();
    await unwrap(remove(person));
    const signedOut = refusal(401, 'unauthenticated');
    expect(await person.client.me.get()).toMatchObject(signedOut);
    expect(await browser.me.get()).toMatchObject(signedOut);
    const refreshed = await app.client().auth.refresh({ body: { refreshToken } });
    expect(refreshed).toMatchObject(refusal(401, 'invalid_refresh_token'));
    const live = await Session.query(app.db).where({ userId: person.id }).whereNull('revokedAt');
    expect(live).toEqual([]);
  });

  it('frees the e-mail address and the username', async () => {
    const { id, email, username, password } = await createPerson(app);
    await unwrap(remove({ id }));
    const answer = await app.client().auth.register({ body: { email, username, password } });
    expect(answer).toMatchObject({ status: 201 });
  });

  it('is refused for oneself, however the id is written', async () => {
    for (const id of [admin.id, admin.id.toUpperCase()]) {
      expect(await remove({ id })).toMatchObject(refusal(403, 'own_account_protected'));
    }
  });

  it('is refused to members', async () => {
    const answer = await remove(await createPerson(app), await aMember(app));
    expect(answer).toMatchObject(refusal(403, 'permission_denied'));
  });

  it('is refused for an account that holds more than the caller', async () => {
    const role = await insertRole(app, ['users:read', 'users:manage']);
    const manager = await signIn(app, await createPerson(app, { roles: [role] }));
    const superior = await createPerson(app, { roles: ['admin'] });
    expect(await remove(superior, manager)).toMatchObject(refusal(403, 'permission_denied'));
    const equal = await createPerson(app, { roles: [role] });
    expect(await remove(equal, manager)).toMatchObject({ status: 204 });
  });
});
