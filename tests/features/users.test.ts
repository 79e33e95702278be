import { describe, expect, it } from 'vitest';
import { unwrap } from '../../client/index.ts';
import { useApp } from '../kit/app.ts';
import { aMember, anAdministrator, newPerson } from '../kit/callers.ts';

const app = useApp();

describe('users.create', () => {
  it('creates an account with the member role and never answers the password', async () => {
    const { client } = await anAdministrator(app);
    const person = newPerson();
    const user = await unwrap(client.users.create({ body: person }));
    expect(user).toMatchObject({ email: person.email, roles: ['member'], isActive: true });
    expect(JSON.stringify(user)).not.toContain(person.password);
  });

  it('is refused to members', async () => {
    const { client } = await aMember(app);
    const answer = await client.users.create({ body: newPerson() });
    expect(answer).toMatchObject({ status: 403, problem: { code: 'permission_denied' } });
  });
});
