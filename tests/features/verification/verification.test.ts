import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { User } from '../../../server/features/users/model.ts';
import { invalid, refusal, tally } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { createPerson, goodPassword, newPerson, signIn } from '../../kit/callers.ts';
import { lastMailTo, mailsTo, tokenFor } from '../../kit/mailbox.ts';

const app = useApp();

function confirm(
  body: { token: string; password?: string; username?: string },
  client = app.client(),
) {
  return client.verification.confirm({ body });
}

function isVerified(email: string): Promise<boolean> {
  const found = User.query(app.db).findOne({ email }).throwIfNotFound();
  return found.then(({ emailVerifiedAt }) => emailVerifiedAt !== null);
}

/** Signs up, unverified until the link is followed. */
async function signUp() {
  const person = newPerson();
  const { user } = (await unwrap(app.client().auth.register({ body: person }))) as {
    user: { id: string };
  };
  return { ...person, id: user.id };
}

function logIn({ username, password }: { username: string; password: string }) {
  return app.client().auth.login({
    body: { identifier: username, password, delivery: 'tokens' },
  });
}

describe('a new account', () => {
  it('gets a mail with a link that proves its address', async () => {
    const person = await signUp();
    const mail = await lastMailTo(app, person.email);
    expect(mail.subject).toBe('Verify your e-mail address for Charter');
    expect(mail.text).toContain('http://charter.test/account/verify-email?token=');
    expect(mail.text).toContain('24 hours');
    expect(await isVerified(person.email)).toBe(false);
    const token = await tokenFor(app, person.email);
    expect(await confirm({ token, password: person.password })).toMatchObject({ status: 204 });
    expect(await isVerified(person.email)).toBe(true);
    expect(await logIn(person)).toMatchObject({ status: 200 });
  });

  it('proves its address once', async () => {
    const person = await signUp();
    const token = await tokenFor(app, person.email);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => confirm({ token, password: person.password })),
    );
    expect(tally(answers)).toEqual({ 204: 1, 410: 7 });
    const again = await confirm({ token, password: person.password });
    expect(again).toMatchObject(refusal(410, 'invalid_link'));
  });

  it('keeps everything when it is signed in', async () => {
    const person = await signUp();
    const { client } = await signIn(app, person);
    const token = await tokenFor(app, person.email);
    expect(await confirm({ token }, client)).toMatchObject({ status: 204 });
    expect(await client.me.get()).toMatchObject({ body: { isEmailVerified: true } });
    expect(await logIn(person)).toMatchObject({ status: 200 });
  });

  it('belongs to the owner of the mailbox: what somebody else set before is gone', async () => {
    const intruder = await signUp();
    const { client } = await signIn(app, intruder);
    const token = await tokenFor(app, intruder.email);
    expect(await confirm({ token })).toMatchObject(invalid('password', 'required'));
    const password = 'what only the owner knows';
    expect(await confirm({ token, password })).toMatchObject({ status: 204 });
    expect(await client.me.get()).toMatchObject({ status: 401 });
    expect(await logIn(intruder)).toMatchObject({ status: 401 });
    expect(await logIn({ ...intruder, password })).toMatchObject({ status: 200 });
  });

  it('cannot be proven later than a day after the mail', async () => {
    const person = await signUp();
    const token = await tokenFor(app, person.email);
    app.clock.advance({ hours: 24 });
    const late = await confirm({ token, password: person.password });
    expect(late).toMatchObject(refusal(410, 'invalid_link'));
  });

  it('is not proven by the mail to an address that it has no more', async () => {
    const person = await signUp();
    const token = await tokenFor(app, person.email);
    const { email } = newPerson();
    await User.query(app.db).findById(person.id).change({ email }, app.clock.now());
    const moved = await confirm({ token, password: person.password });
    expect(moved).toMatchObject(refusal(410, 'invalid_link'));
  });
});

describe('verification.request', () => {
  it('answers alike for every address, and writes only where something is to be proven', async () => {
    const proven = await createPerson(app);
    await User.query(app.db)
      .findById(proven.id)
      .change({ emailVerifiedAt: app.clock.now() }, app.clock.now());
    const open = await createPerson(app);
    const nobody = newPerson();
    const answers = [];
    for (const { email } of [proven, open, nobody]) {
      answers.push(await unwrap(app.client().verification.request({ body: { email } })));
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await mailsTo(app, proven.email)).toEqual([]);
    expect(await mailsTo(app, nobody.email)).toEqual([]);
    expect(await mailsTo(app, open.email)).toHaveLength(1);
  });

  it('replaces the link of an earlier mail, and floods no mailbox', async () => {
    const { email, password } = await createPerson(app);
    const ask = () => app.client().verification.request({ body: { email } });
    await ask();
    const first = await tokenFor(app, email);
    await ask();
    expect(await mailsTo(app, email)).toHaveLength(1);
    app.clock.advance({ seconds: 60 });
    await ask();
    expect(await mailsTo(app, email)).toHaveLength(2);
    expect(await confirm({ token: first, password })).toMatchObject({ status: 410 });
    expect(await confirm({ token: await tokenFor(app, email), password })).toMatchObject({
      status: 204,
    });
  });

  it('writes to no deactivated account', async () => {
    const { id, email } = await createPerson(app);
    const deactivatedAt = app.clock.now();
    await User.query(app.db).findById(id).change({ deactivatedAt }, deactivatedAt);
    await app.client().verification.request({ body: { email } });
    expect(await mailsTo(app, email)).toEqual([]);
  });
});

it('takes no token of another purpose', async () => {
  const { email } = await createPerson(app);
  await app.client().passwordReset.request({ body: { email } });
  const token = await tokenFor(app, email);
  expect(await confirm({ token, password: goodPassword })).toMatchObject({ status: 410 });
});
