import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { User } from '../../../server/features/users/model.ts';
import { invalid, refusal, tally } from '../../kit/answers.ts';
import { publicUrl, useApp } from '../../kit/app.ts';
import { createPerson, newPerson } from '../../kit/callers.ts';
import { sending, withToken } from '../../kit/credentials.ts';
import { mailsTo } from '../../kit/mailbox.ts';
import {
  begin,
  codeFor,
  comeBack,
  exchange,
  proveAs,
  resultIn,
  signedInAs,
  signInAs,
} from '../../kit/provider-sign-in.ts';
import { aPersonWithTotp } from '../../kit/second-factors.ts';

const app = useApp();

const over = refusal(410, 'invalid_link');
const Origin = publicUrl;
let people = 0;

/** Somebody at the provider, whom nobody here knows. */
function somebody() {
  people += 1;
  const { email, username } = newPerson();
  const profile = { fullName: 'Ada Lovelace', username: username.slice(0, 40) };
  return { subject: `subject-${people}`, email, profile };
}

describe('the providers', () => {
  it('are listed for whoever wants to sign in', async () => {
    const { items } = await unwrap(app.client().oidc.providers());
    expect(items).toEqual([
      { name: 'google', title: 'Google' },
      { name: 'acme', title: 'Acme' },
    ]);
  });
});

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
    expect(names).toEqual(['account.created', 'account.identity_linked']);
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

describe('a start', () => {
  const start = (fields: object) => {
    const body = { provider: 'google', delivery: 'tokens' as const, ...fields };
    return app.client().oidc.start({ body });
  };

  it('leads back to what is listed, with any query', async () => {
    const redirectTo = 'https://app.example.com/signed-in?next=%2Forders';
    const begun = await begin(app, { redirectTo });
    const led = await comeBack(app, app.providers.google.signIn(begun.url));
    expect(led.href).toMatch(/^https:\/\/app\.example\.com\/signed-in\?next=%2Forders#code=/);
  });

  it.each([
    'https://app.example.com/signed-in/../elsewhere',
    'https://app.example.com/signed-in/',
    'https://app.example.com/',
    'https://app.example.com:8443/signed-in',
    'http://app.example.com/signed-in',
    'https://app.example.com.evil.example/signed-in',
    'https://app.example.com@evil.example/signed-in',
    'https://ada@app.example.com/signed-in',
    'https://app.example.com/signed-in#code=forged',
    '//app.example.com/signed-in',
    'javascript:alert(1)',
    'https://app.example.com\\@evil.example/signed-in',
  ])('does not lead back to %s', async (redirectTo) => {
    expect(await start({ redirectTo })).toMatchObject(invalid('redirectTo', 'not_listed'));
  });

  it('takes a provider that is configured', async () => {
    expect(await start({ provider: 'nobody' })).toMatchObject(invalid('provider', 'not_listed'));
  });

  it('says when the provider does not answer', async () => {
    app.providers.acme.failure = 'unreachable';
    const answer = await start({ provider: 'acme' });
    app.providers.acme.failure = undefined;
    expect(answer).toMatchObject(refusal(502, 'provider_failed'));
  });
});

describe('the way back', () => {
  const cookie = { delivery: 'cookie', headers: { Origin } } as const;
  const expired = { error: 'sign_in_expired' };
  const atGoogle = (url: string) => app.providers.google.signIn(url, somebody());

  it('works once', async () => {
    const { url } = await begin(app);
    const back = atGoogle(url);
    expect(resultIn(await comeBack(app, back))).toEqual({ code: expect.any(String) });
    expect(resultIn(await comeBack(app, back))).toEqual(expired);
  });

  it('is for the browser that began', async () => {
    const [{ url }, other] = [await begin(app, cookie), await begin(app, cookie)];
    expect(resultIn(await comeBack(app, atGoogle(url)))).toEqual(expired);
    const { url: second } = await begin(app, cookie);
    expect(resultIn(await comeBack(app, atGoogle(second), other.headers))).toEqual(expired);
  });

  it('serves the tabs of one browser alike', async () => {
    const first = await begin(app, cookie);
    const second = await begin(app, { ...cookie, headers: first.headers });
    for (const { url } of [first, second]) {
      const { headers } = first;
      const code = await codeFor(app, { url, headers, binding: undefined }, somebody());
      expect(await exchange(app, { code, headers })).toMatchObject({ status: 200 });
    }
  });

  it('is not taken from another provider', async () => {
    const { url } = await begin(app);
    const back = atGoogle(url);
    back.pathname = back.pathname.replace('google', 'acme');
    expect(resultIn(await comeBack(app, back))).toEqual(expired);
  });

  it('is not taken after ten minutes', async () => {
    const { url } = await begin(app);
    app.clock.advance({ minutes: 10 });
    expect(resultIn(await comeBack(app, atGoogle(url)))).toEqual(expired);
  });

  it('says that the person said no, in words of ours', async () => {
    const { url } = await begin(app);
    const back = atGoogle(url);
    back.search = String(
      new URLSearchParams({
        state: back.searchParams.get('state') ?? '',
        error: 'access_denied',
        error_description: 'Sorry!',
      }),
    );
    const led = await comeBack(app, back);
    expect(resultIn(led)).toEqual({ error: 'access_denied' });
    expect(led.href).not.toContain('Sorry');
  });

  it.each(['unreachable', 'invalid_answer'] as const)(
    'says that nothing was proven: %s',
    async (failure) => {
      const { url } = await begin(app);
      const back = atGoogle(url);
      app.providers.google.failure = failure;
      const led = await comeBack(app, back);
      app.providers.google.failure = undefined;
      expect(resultIn(led)).toEqual({ error: 'provider_failed' });
      expect(await app.db('provenIdentities').where({ provider: 'none' })).toEqual([]);
    },
  );

  it('is not there for a provider that nobody configured', async () => {
    const response = await app.request('/api/v1/auth/oidc/callback/nobody?state=x');
    expect(response.status).toBe(404);
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

describe('without a frontend', () => {
  const press = (code: string, headers: Record<string, string>) =>
    fetch(`${app.url}/account/provider-sign-in`, {
      method: 'POST',
      headers: { ...headers, Origin: 'null', 'Sec-Fetch-Site': 'same-origin' },
      body: new URLSearchParams({ code }),
    });

  it('a page of ours signs the browser in, by its button and not before', async () => {
    const begun = await begin(app, { delivery: 'cookie', headers: { Origin } });
    const led = await comeBack(app, app.providers.google.signIn(begun.url), begun.headers);
    expect(led.href).toMatch(`${publicUrl}/account/provider-sign-in?code=`);
    const page = await fetch(app.url + led.pathname + led.search);
    expect(await page.text()).toContain('<input type="hidden" name="code"');
    const { code = '' } = resultIn(led);
    const pressed = await press(code, begun.headers);
    expect(pressed.status).toBe(200);
    expect(pressed.headers.getSetCookie()).toEqual([expect.stringMatching(/^session=/)]);
    expect(JSON.stringify(app.logs)).not.toContain(code);
  });

  it.each(['access_denied', 'sign_in_expired', 'provider_failed'])('it says: %s', async (error) => {
    const page = await fetch(`${app.url}/account/provider-sign-in?error=${error}`);
    expect(page.status).toBe(400);
    expect(await page.text()).toContain('Nobody was signed in');
  });
});
