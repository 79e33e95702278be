import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { Session } from '../../../server/features/sessions/model.ts';
import { refusal, tally } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { createPerson, hashOf } from '../../kit/callers.ts';
import { mailsTo } from '../../kit/mailbox.ts';
import { aPersonWithTotp, codeOf, firstStep } from '../../kit/second-factors.ts';

const app = useApp();

const wrong = refusal(401, 'invalid_second_factor');
const over = refusal(410, 'invalid_link');

function prove(token: string, factor: { totp: string } | { recoveryCode: string }) {
  return app.client().auth.proveSecondFactor({ body: { token, ...factor } });
}

const sessionsOf = (userId: string) => Session.query(app.db).where({ userId }).resultSize();

describe('the sign-in of an account with a second factor', () => {
  it('answers no session and no cookie, but what it asks for', async () => {
    const { id, username: identifier, password } = await aPersonWithTotp(app);
    const before = await sessionsOf(id);
    for (const delivery of ['cookie', 'tokens'] as const) {
      const answer = await app.client().auth.login({ body: { identifier, password, delivery } });
      expect(answer).toMatchObject({
        status: 202,
        body: { delivery: 'none', expiresInSeconds: 300, factors: ['totp', 'recovery_code'] },
      });
      expect(answer.headers.getSetCookie()).toEqual([]);
    }
    expect(await sessionsOf(id)).toBe(before);
  });

  it('says nothing of it before the password is right', async () => {
    const [plain, guarded] = [await createPerson(app), await aPersonWithTotp(app)];
    const login = (identifier: string) =>
      app.client().auth.login({ body: { identifier, password: 'wrong', delivery: 'tokens' } });
    const answers = await Promise.all([plain, guarded].map(({ username }) => login(username)));
    const told = answers.map(({ status, headers, problem }) =>
      JSON.stringify([status, [...headers.keys()], { ...problem, requestId: '' }]),
    );
    expect(answers[0]).toMatchObject(refusal(401, 'invalid_credentials'));
    expect(new Set(told).size).toBe(1);
  });

  it('begins the session with the code, as its first step asked', async () => {
    const person = await aPersonWithTotp(app);
    const byTokens = await prove(await firstStep(app, person), { totp: person.nextCode() });
    expect(byTokens).toMatchObject({
      status: 200,
      body: {
        delivery: 'tokens',
        session: { kind: 'tokens', methods: ['pwd', 'otp', 'mfa'] },
        user: { id: person.id, roles: ['member'] },
      },
    });
    const byCookie = await prove(await firstStep(app, person, 'cookie'), {
      totp: person.nextCode(),
    });
    expect(byCookie).toMatchObject({ status: 200, body: { delivery: 'cookie' } });
    expect(byCookie.headers.getSetCookie()).toEqual([expect.stringMatching(/^session=/)]);
  });

  it('takes each code once, and none that is older than the last', async () => {
    const person = await aPersonWithTotp(app);
    const older = person.nextCode();
    const used = person.nextCode();
    await unwrap(prove(await firstStep(app, person), { totp: used }));
    const token = await firstStep(app, person);
    expect(await prove(token, { totp: used })).toMatchObject(wrong);
    expect(await prove(token, { totp: older })).toMatchObject(wrong);
    expect(await prove(token, { totp: person.nextCode() })).toMatchObject({ status: 200 });
  });

  it('takes a token once', async () => {
    const person = await aPersonWithTotp(app);
    const token = await firstStep(app, person);
    await unwrap(prove(token, { totp: person.nextCode() }));
    expect(await prove(token, { totp: person.nextCode() })).toMatchObject(over);
  });

  it('takes a recovery code once, in any spelling, and tells the owner', async () => {
    const person = await aPersonWithTotp(app);
    const [code = ''] = person.recoveryCodes;
    const recoveryCode = ` ${code.toLowerCase().replaceAll('-', ' ')} `;
    const { session } = await unwrap(prove(await firstStep(app, person), { recoveryCode }));
    expect(session.methods).toEqual(['pwd', 'otp', 'mfa']);
    expect(await prove(await firstStep(app, person), { recoveryCode: code })).toMatchObject(wrong);
    const last = (await mailsTo(app, person.email)).at(-1);
    expect(last).toMatchObject({ subject: 'A recovery code of your Charter account was used' });
    expect(last?.text).toContain('9 of them are left');
  });

  it("takes nothing of another account, and nobody's password alone", async () => {
    const [person, other] = [await aPersonWithTotp(app), await aPersonWithTotp(app)];
    const token = await firstStep(app, person);
    const [recoveryCode = ''] = other.recoveryCodes;
    expect(await prove(token, { totp: other.nextCode() })).toMatchObject(wrong);
    expect(await prove(token, { recoveryCode })).toMatchObject(wrong);
    expect(await prove('no-such-token', { totp: person.nextCode() })).toMatchObject(over);
    const both = { token, totp: '123456', recoveryCode };
    for (const body of [both, { token }]) {
      const answer = await app.client().auth.proveSecondFactor({ body });
      expect(answer).toMatchObject(refusal(422, 'validation_failed'));
    }
  });

  it('waits five minutes for the second step', async () => {
    const person = await aPersonWithTotp(app);
    const token = await firstStep(app, person);
    app.clock.advance({ minutes: 5 });
    expect(await prove(token, { totp: person.nextCode() })).toMatchObject(over);
  });

  it('lets two devices sign in side by side', async () => {
    const person = await aPersonWithTotp(app);
    const tokens = [await firstStep(app, person), await firstStep(app, person)];
    for (const token of tokens) await unwrap(prove(token, { totp: person.nextCode() }));
  });
});

describe('between the two steps', () => {
  const update = (id: string, fields: object) => app.db('users').where({ id }).update(fields);

  it('a deactivation holds', async () => {
    const person = await aPersonWithTotp(app);
    const token = await firstStep(app, person);
    await update(person.id, { deactivatedAt: app.clock.now() });
    const answer = await prove(token, { totp: person.nextCode() });
    expect(answer).toMatchObject(refusal(403, 'account_disabled'));
  });

  it('another password makes the first step void', async () => {
    const person = await aPersonWithTotp(app);
    const token = await firstStep(app, person);
    await update(person.id, { passwordHash: await hashOf('quite another passphrase') });
    expect(await prove(token, { totp: person.nextCode() })).toMatchObject(over);
  });

  it('a factor that was removed proves nothing', async () => {
    const person = await aPersonWithTotp(app);
    const token = await firstStep(app, person);
    await unwrap(person.client.secondFactors.removeTotp());
    const [recoveryCode = ''] = person.recoveryCodes;
    expect(await prove(token, { totp: person.nextCode() })).toMatchObject(wrong);
    expect(await prove(token, { recoveryCode })).toMatchObject(wrong);
  });

  it('a removed account is gone', async () => {
    const person = await aPersonWithTotp(app);
    const token = await firstStep(app, person);
    await update(person.id, { deletedAt: app.clock.now() });
    expect(await prove(token, { totp: person.nextCode() })).toMatchObject(wrong);
  });
});

describe('wrong codes', () => {
  it('may be corrected, until the sign-in is over after five', async () => {
    const person = await aPersonWithTotp(app);
    const token = await firstStep(app, person);
    for (let at = 0; at < 4; at += 1) {
      expect(await prove(token, { totp: '000000' })).toMatchObject(wrong);
    }
    expect(await prove(token, { totp: person.nextCode() })).toMatchObject({ status: 200 });
    const next = await firstStep(app, person);
    for (let at = 0; at < 5; at += 1) await prove(next, { totp: '000000' });
    expect(await prove(next, { totp: person.nextCode() })).toMatchObject(over);
  });

  it('are counted by account, however often the sign-in begins anew', async () => {
    const person = await aPersonWithTotp(app);
    for (let at = 0; at < 5; at += 1) {
      const token = await firstStep(app, person);
      expect(await prove(token, { totp: '000000' })).toMatchObject(wrong);
    }
    // Blocked for a second, in which the right code is refused like a wrong one.
    const code = codeOf(person.secret, new Date(app.clock.now().getTime() + 30_000));
    expect(await prove(await firstStep(app, person), { totp: code })).toMatchObject(wrong);
    app.clock.advance({ seconds: 2 });
    expect(await prove(await firstStep(app, person), { totp: '000000' })).toMatchObject(wrong);
    app.clock.advance({ seconds: 1 });
    expect(await prove(await firstStep(app, person), { totp: code })).toMatchObject(wrong);
    app.clock.advance({ minutes: 15 });
    const token = await firstStep(app, person);
    expect(await prove(token, { totp: person.nextCode() })).toMatchObject({ status: 200 });
  });

  it('are denials of the account in the audit', async () => {
    const person = await aPersonWithTotp(app);
    await prove(await firstStep(app, person), { totp: '000000' });
    const entry = await app.db('auditEntries').where({ targetId: person.id, result: 'denied' });
    expect(entry).toMatchObject([
      { operation: 'authProveSecondFactor', reason: 'invalid_second_factor', actor: 'anonymous' },
    ]);
  });
});

describe('twenty at once', () => {
  const twenty = Array.from({ length: 20 });

  it('have one winner with one code and one token', async () => {
    const person = await aPersonWithTotp(app);
    const [token, totp] = [await firstStep(app, person), person.nextCode()];
    const answers = await Promise.all(twenty.map(() => prove(token, { totp })));
    expect(tally(answers)).toEqual({ 200: 1, 410: 19 });
  });

  it('have one winner with one recovery code and tokens of their own', async () => {
    const person = await aPersonWithTotp(app);
    const [recoveryCode = ''] = person.recoveryCodes;
    const tokens: string[] = [];
    for (const _ of twenty.slice(0, 5)) tokens.push(await firstStep(app, person));
    const answers = await Promise.all(tokens.map((token) => prove(token, { recoveryCode })));
    expect(tally(answers)).toEqual({ 200: 1, 401: 4 });
  });
});

describe('REQUIRE_VERIFIED_EMAIL', () => {
  const strict = useApp({ REQUIRE_VERIFIED_EMAIL: 'true' });

  it('holds for the second step, too', async () => {
    const person = await aPersonWithTotp(strict, { emailVerifiedAt: strict.clock.now() });
    const token = await firstStep(strict, person);
    await strict.db('users').where({ id: person.id }).update({ emailVerifiedAt: null });
    const body = { token, totp: person.nextCode() };
    const answer = await strict.client().auth.proveSecondFactor({ body });
    expect(answer).toMatchObject(refusal(403, 'email_unverified'));
  });
});
