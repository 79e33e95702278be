import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { User } from '../../../server/features/users/model.ts';
import { refusal, tally } from '../../kit/answers.ts';
import { publicUrl, useApp } from '../../kit/app.ts';
import { createPerson, newPerson } from '../../kit/callers.ts';
import { sending, withToken } from '../../kit/credentials.ts';
import { mailsTo } from '../../kit/mailbox.ts';
import { exchange, proveAs, signedInAs, signInAs, somebody } from '../../kit/provider-sign-in.ts';
import { aPersonWithTotp } from '../../kit/second-factors.ts';

const app = useApp();
const Origin = publicUrl;
const over = refusal(410, 'invalid_link');

describe('a sign-in with a provider', () => {
  it('begins an account for somebody new, and a session by tokens', async () => {
    const person = somebody();
    const answer = await signedInAs(app, person);
    expect(answer).toMatchObject({
      delivery: 'tokens',
      session: { kind: 'tokens', methods: ['fed'] },
      user: { email: person.email, fullName: 'Ada Lovelace', isEmailVerified: true },
    });
    const { user, accessToken = '' } = { accessToken: undefined, ...answer };
    expect(await unwrap(withToken(app, accessToken).me.get())).toMatchObject({ id: user.id });
    const [row] = await app.db('users').where({ id: user.id });
    expect(row).toMatchObject({ passwordHash: null, username: person.profile.username });
  });

  it('finds the same account again, whatever its address is by then', async () => {
    const person = somebody();
    const { user } = await signedInAs(app, person);
    app.clock.advance({ minutes: 1 });
    const moved = { ...person, email: newPerson().email, isEmailVerified: false };
    const again = await signedInAs(app, moved);
    expect(again.user).toMatchObject({ id: user.id, email: person.email });
    const [identity, ...more] = await app.db('userIdentities').where({ userId: user.id });
    expect(more).toEqual([]);
    expect(identity).toMatchObject({ provider: 'google', email: person.email });
    expect(identity.lastUsedAt).toEqual(app.clock.now());
  });

  it('signs a browser in by cookie, which it was tied to from the start', async () => {
    const proven = await proveAs(app, somebody(), { delivery: 'cookie', headers: { Origin } });
    expect(proven.binding).toBeUndefined();
    expect(proven.headers.Cookie).toMatch(/^sign-in=[\w-]{43}$/);
    const answer = await exchange(app, proven);
    expect(answer).toMatchObject({ status: 200, body: { delivery: 'cookie' } });
    const [cookie = ''] = answer.headers.getSetCookie();
    expect(cookie).toMatch(/^session=/);
    const headers = { Cookie: cookie.split(';', 1).join(), Origin };
    const { session } = await unwrap(app.client(sending(headers)).auth.session());
    expect(session).toMatchObject({ kind: 'cookie', methods: ['fed'] });
  });

  it('asks for the second factor of an account that has one', async () => {
    const identity = somebody();
    const person = await aPersonWithTotp(app, { emailVerifiedAt: app.clock.now() });
    await app.db('userIdentities').insert({
      id: crypto.randomUUID(),
      userId: person.id,
      provider: 'google',
      issuer: 'https://google.example',
      subject: identity.subject,
      createdAt: app.clock.now(),
    });
    const answer = await signInAs(app, identity);
    expect(answer).toMatchObject({ status: 202, body: { delivery: 'none' } });
    const token = answer.body && 'token' in answer.body ? answer.body.token : '';
    const body = { token, totp: person.nextCode() };
    const { session } = await unwrap(app.client().auth.proveSecondFactor({ body }));
    expect(session).toMatchObject({ kind: 'tokens', methods: ['fed', 'otp', 'mfa'] });
  });

  it.each(['deactivatedAt', 'deletedAt'] as const)('never wakes an account: %s', async (column) => {
    const person = somebody();
    const { user } = await signedInAs(app, person);
    await app
      .db('users')
      .where({ id: user.id })
      .update({ [column]: app.clock.now() });
    expect(await signInAs(app, person)).toMatchObject(refusal(403, 'account_disabled'));
    const [row] = await app.db('users').where({ id: user.id });
    expect(row[column]).toEqual(app.clock.now());
  });

  it('leaves one entry in the audit, and tells of a new account', async () => {
    const { user, session } = await signedInAs(app, somebody());
    const entries = await app.db('auditEntries').where({ sessionId: session.id });
    expect(entries).toMatchObject([
      {
        operation: 'oidcExchange',
        actor: user.id,
        targetType: 'session',
        changed: ['account', 'identity'],
      },
    ]);
    const names = await app
      .db('events')
      .whereRaw(`data->>'userId' = ?`, [user.id])
      .orderBy('id')
      .pluck('name');
    expect(names).toEqual(['account.created', 'account.identity_linked', 'session.started']);
    expect(await mailsTo(app, user.email)).toEqual([]);
  });
});

describe('somebody new', () => {
  it.each([
    [undefined, 'tester', 'tester'],
    [undefined, 'tester', 'tester2'],
    [undefined, 'tester', 'tester3'],
    ['Jörg Müller!', 'x', 'jrgmller'],
    ['admin', 'x', 'admin2'],
    ['ab', 'x', 'ab2'],
    ['…', '__', 'user2'],
  ])('who is called %s at the provider, of %s@, is called %s', async (username, local, called) => {
    const email = `${local}@${crypto.randomUUID()}.example`;
    const person = { ...somebody(), email, profile: username ? { username } : {} };
    const { user } = await signedInAs(app, person);
    expect(user).toMatchObject({ username: called, fullName: null });
  });

  it('takes an address that the provider has verified', async () => {
    const unproven = refusal(403, 'email_unverified');
    const { email } = await createPerson(app);
    for (const one of [
      { isEmailVerified: false },
      { isEmailVerified: false, email },
      { email: 'no address' },
      { email: undefined },
    ]) {
      expect(await signInAs(app, { ...somebody(), ...one } as never)).toMatchObject(unproven);
    }
  });

  it('gets none where the address is kept for its former account', async () => {
    const { id: userId } = await createPerson(app);
    const person = somebody();
    const keptUntil = new Date(app.clock.now().getTime() + 60_000);
    await app.db('keptEmails').insert({ email: person.email, userId, keptUntil });
    expect(await signInAs(app, person)).toMatchObject(refusal(409, 'email_taken'));
  });

  it('is one account, even if two sign-ins of theirs end at once', async () => {
    const person = somebody();
    const proofs = [await proveAs(app, person), await proveAs(app, person)];
    const answers = await Promise.all(proofs.map((proven) => exchange(app, proven)));
    expect(tally(answers)).toEqual({ 200: 2 });
    const ids = answers.map(({ body }) => body && 'user' in body && body.user.id);
    expect(ids[0]).toBe(ids[1]);
  });
});

describe('an account that has the address', () => {
  const stored = async (id: string) => User.query(app.db).findById(id);

  it('that is proven, is not opened by it: another way comes first', async () => {
    const { email } = await createPerson(app, { emailVerifiedAt: app.clock.now() });
    const answer = await signInAs(app, { ...somebody(), email });
    expect(answer).toMatchObject(refusal(409, 'identity_not_linked'));
  });

  it('that is deactivated, stays so', async () => {
    const { id, email } = await createPerson(app, { emailVerifiedAt: app.clock.now() });
    await app.db('users').where({ id }).update({ deactivatedAt: app.clock.now() });
    const answer = await signInAs(app, { ...somebody(), email });
    expect(answer).toMatchObject(refusal(403, 'account_disabled'));
  });

  it('that nobody has proven, belongs to the owner of the mailbox: all of before is gone', async () => {
    const person = await aPersonWithTotp(app);
    const stranger = somebody();
    await app.db('userIdentities').insert({
      id: crypto.randomUUID(),
      userId: person.id,
      provider: 'acme',
      issuer: 'https://acme.example',
      subject: stranger.subject,
      createdAt: app.clock.now(),
    });
    const { user } = await signedInAs(app, { ...stranger, email: person.email });
    expect(user).toMatchObject({ id: person.id, isEmailVerified: true });
    expect(await stored(person.id)).toMatchObject({ passwordHash: null });
    expect(await app.db('totpSecrets').where({ userId: person.id })).toEqual([]);
    const identities = await app.db('userIdentities').where({ userId: person.id });
    expect(identities).toMatchObject([{ provider: 'google' }]);
    const live = await app.db('sessions').where({ userId: person.id, revokedAt: null });
    expect(live).toMatchObject([{ methods: ['fed'] }]);
  });
});

describe('a code', () => {
  it('works once, of eight at once', async () => {
    const proven = await proveAs(app, somebody());
    const answers = await Promise.all(Array.from({ length: 8 }, () => exchange(app, proven)));
    expect(tally(answers)).toEqual({ 200: 1, 410: 7 });
  });

  it('works for a minute', async () => {
    const proven = await proveAs(app, somebody());
    app.clock.advance({ minutes: 1 });
    expect(await exchange(app, proven)).toMatchObject(over);
  });

  it('is worth nothing to whoever did not begin', async () => {
    const [mine, theirs] = [await proveAs(app, somebody()), await proveAs(app, somebody())];
    const wrong = [
      { ...mine, binding: undefined },
      { ...mine, binding: theirs.binding },
    ];
    for (const one of wrong) expect(await exchange(app, one)).toMatchObject(over);
    const byCookie = await proveAs(app, somebody(), { delivery: 'cookie', headers: { Origin } });
    expect(await exchange(app, { ...byCookie, headers: { Origin } })).toMatchObject(over);
    expect(await exchange(app, { ...mine, code: 'nobody-made-this' })).toMatchObject(over);
    expect(await exchange(app, mine)).toMatchObject({ status: 200 });
  });
});
