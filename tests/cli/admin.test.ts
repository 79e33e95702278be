import { beforeEach, describe, expect, it } from 'vitest';
import { bearer, tokensInMemory, unwrap } from '../../client/index.ts';
import { useApp } from '../kit/app.ts';
import { newPerson } from '../kit/callers.ts';
import { charter, useDatabase } from '../kit/command.ts';

const app = useApp();
beforeEach(() => useDatabase(app.config.database.url));

function create(person: { email: string; username: string }, ...more: string[]): string[] {
  return ['admin', 'create', '--email', person.email, '--username', person.username, ...more];
}

describe('admin create', () => {
  it('makes an administrator who can sign in', async () => {
    const person = newPerson();
    const { code, out } = await charter(create(person), { input: person.password });
    expect(code).toBe(0);
    expect(out).toBe(`Created the administrator ${person.username} <${person.email}>.`);
    const client = app.client(bearer(tokensInMemory()));
    const { email: identifier, password } = person;
    await unwrap(client.auth.login({ body: { identifier, password, delivery: 'tokens' } }));
    expect(await unwrap(client.me.get())).toMatchObject({
      roles: ['admin'],
      permissions: expect.arrayContaining(['users:manage']),
      // Or it would belong to whoever has a provider that vouches for this address.
      isEmailVerified: true,
    });
  });

  it('asks a person for what is missing, the password twice', async () => {
    const { email, username, password } = newPerson();
    const end = await charter(['admin', 'create', '--name', 'Ada Lovelace'], {
      answers: [email, username, password, password],
    });
    expect(end.questions).toEqual(['E-mail address', 'Username', 'Password', 'Password again']);
    expect(end).toMatchObject({ code: 0, err: '' });
  });

  it('does nothing when the two passwords differ', async () => {
    const person = newPerson();
    const end = await charter(create(person), { answers: [person.password, 'another one'] });
    expect(end).toMatchObject({ code: 1, err: 'The two passwords differ. Nothing was done.' });
    expect((await charter(create(person), { input: person.password })).code).toBe(0);
  });

  it('says which flag is missing where nobody can be asked', async () => {
    const { code, err } = await charter(['admin', 'create', '--email', 'a@example.com']);
    expect(code).toBe(1);
    expect(err).toContain('add --username');
  });

  it('refuses an address that is taken', async () => {
    const person = newPerson();
    await charter(create(person), { input: person.password });
    const again = { ...newPerson(), email: person.email };
    expect(await charter(create(again), { input: person.password })).toMatchObject({
      code: 1,
      err: 'The e-mail address is taken.',
    });
  });

  it.each([
    ['short', 'short'],
    ['common', 'password1234'],
  ])('refuses a password that is %s, and says where', async (_why, password) => {
    const { code, err } = await charter(create(newPerson()), { input: password });
    expect(code).toBe(1);
    expect(err).toMatch(/\n {2}- password: /);
    expect(err).not.toContain(`${password}\n`);
  });

  it('lists every broken rule with its place', async () => {
    const { err } = await charter(create({ email: 'nobody', username: '!' }), { input: 'short' });
    expect(err).toMatch(/- email: .*\n.*- username: .*\n.*- password: /);
  });

  it('takes no password as a flag', async () => {
    expect((await charter(create(newPerson(), '--password', 'x'))).code).toBe(2);
  });
});

describe('admin create --json', () => {
  it('answers who was created, without the password', async () => {
    const person = newPerson();
    const { out } = await charter(create(person, '--json'), { input: person.password });
    const { email, username } = person;
    expect(JSON.parse(out)).toEqual({
      ok: true,
      user: { id: expect.any(String), email, username },
    });
  });

  it('answers a refusal on standard output, by its code', async () => {
    const person = newPerson();
    await charter(create(person), { input: person.password });
    const { code, out, err } = await charter(create(person, '--json'), { input: person.password });
    expect(JSON.parse(out)).toMatchObject({ ok: false, error: 'email_taken' });
    expect([code, err]).toEqual([1, '']);
  });
});
