import { describe, expect, it } from 'vitest';
import { User } from '../../../server/features/users/model.ts';
import { invalid, refusal } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { createPerson, newPerson } from '../../kit/callers.ts';
import { lastMailTo, mailsTo, tokenFor } from '../../kit/mailbox.ts';

const app = useApp({ SIGN_UP_ANSWER: 'private', REQUIRE_VERIFIED_EMAIL: 'true' });

async function signUp(fields: object = {}) {
  const person = { ...newPerson(), ...fields };
  const answer = await app.client().auth.register({ body: person });
  expect(answer).toMatchObject({ status: 202 });
  return person;
}

function confirm(body: { token: string; password?: string; username?: string }) {
  return app.client().verification.confirm({ body });
}

function logIn({ email, password }: { email: string; password: string }) {
  return app.client().auth.login({ body: { identifier: email, password, delivery: 'tokens' } });
}

describe('a private sign-up', () => {
  it('becomes an account when its address is proven', async () => {
    const person = await signUp({ fullName: 'Ada Lovelace' });
    const token = await tokenFor(app, person.email);
    expect(await confirm({ token, password: person.password })).toMatchObject({ status: 204 });
    const { email, username } = person;
    expect(await logIn(person)).toMatchObject({
      status: 200,
      body: { user: { email, username, fullName: 'Ada Lovelace', isEmailVerified: true } },
    });
    expect(await confirm({ token, password: person.password })).toMatchObject(
      refusal(410, 'invalid_link'),
    );
    expect(await app.db('signUps').where({ email })).toEqual([]);
  });

  it('gets the password of whoever proves the address, not of whoever signed up', async () => {
    const stranger = await signUp();
    const token = await tokenFor(app, stranger.email);
    expect(await confirm({ token })).toMatchObject(invalid('password', 'required'));
    const password = 'what only the owner knows';
    expect(await confirm({ token, password })).toMatchObject({ status: 204 });
    expect(await logIn(stranger)).toMatchObject({ status: 401 });
    expect(await logIn({ ...stranger, password })).toMatchObject({ status: 200 });
  });

  it('tells the owner of the mailbox that there is an account already', async () => {
    const { email } = await createPerson(app);
    await signUp({ email });
    const mail = await lastMailTo(app, email);
    expect(mail.subject).toBe('You already have an account at Charter');
    expect(mail.text).not.toContain('http');
  });

  it('may take another username where its own was taken meanwhile', async () => {
    const person = await signUp();
    await createPerson(app, { username: person.username });
    const token = await tokenFor(app, person.email);
    const { password } = person;
    const taken = await confirm({ token, password });
    expect(taken).toMatchObject(refusal(409, 'username_taken'));
    const { username } = newPerson();
    expect(await confirm({ token, password, username })).toMatchObject({ status: 204 });
    expect(await logIn(person)).toMatchObject({ body: { user: { username } } });
  });

  it('is nothing any more once the address has an account', async () => {
    const person = await signUp();
    const token = await tokenFor(app, person.email);
    await createPerson(app, { email: person.email });
    const late = await confirm({ token, password: person.password });
    expect(late).toMatchObject(refusal(409, 'email_taken'));
  });

  it('is replaced by a later one, and so is its link', async () => {
    const { email } = await signUp();
    const first = await tokenFor(app, email);
    app.clock.advance({ minutes: 2 });
    const second = await signUp({ email });
    const token = await tokenFor(app, email);
    expect(await confirm({ token: first, password: second.password })).toMatchObject({
      status: 410,
    });
    expect(await confirm({ token, password: second.password })).toMatchObject({ status: 204 });
    const { username } = second;
    expect(await User.query(app.db).findOne({ email })).toMatchObject({ username });
  });

  it('floods no mailbox', async () => {
    const { email } = await signUp();
    await signUp({ email });
    expect(await mailsTo(app, email)).toHaveLength(1);
  });
});
