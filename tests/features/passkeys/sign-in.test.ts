import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { invalid, refusal, tally } from '../../kit/answers.ts';
import { publicUrl, useApp } from '../../kit/app.ts';
import { Authenticator, type Odd } from '../../kit/authenticator.ts';
import { createPerson, signIn } from '../../kit/callers.ts';

const app = useApp();

const wrong = refusal(401, 'invalid_passkey');
const over = refusal(410, 'invalid_link');

async function somebody(wanted: ConstructorParameters<typeof Authenticator>[1] = {}) {
  const person = await createPerson(app, { emailVerifiedAt: app.clock.now() });
  const { client } = await signIn(app, person);
  const device = new Authenticator(publicUrl, wanted);
  const credential = device.create(await unwrap(client.passkeys.options()));
  const { passkey } = await unwrap(client.passkeys.create({ body: { name: 'A key', credential } }));
  return { ...person, client, device, passkeyId: passkey.id };
}

const options = () => unwrap(app.client().auth.passkeyOptions());
const use = async (device: Authenticator, odd: Odd = {}) => device.get(await options(), odd);

function sign(passkey: ReturnType<Authenticator['get']>, delivery: 'cookie' | 'tokens' = 'tokens') {
  return app.client().auth.passkey({ body: { passkey, delivery } });
}

describe('auth.passkey', () => {
  it('signs in without a name or a password, and counts as both factors', async () => {
    const { id, device } = await somebody();
    expect(await options()).toMatchObject({ rpId: 'charter.test', allowCredentials: [] });
    const { session, user } = await unwrap(sign(await use(device)));
    expect(user.id).toBe(id);
    expect(session.methods).toEqual(['hwk', 'user', 'mfa']);
    const byCookie = await sign(await use(device), 'cookie');
    expect(byCookie.headers.getSetCookie()).toEqual([expect.stringMatching(/^session=/)]);
  });

  it('says of a passkey that travels that it is software, and notes its use', async () => {
    const { client, device } = await somebody({ isSynced: true });
    for (const _ of [1, 2]) {
      const { session } = await unwrap(sign(await use(device)));
      expect(session.methods).toEqual(['swk', 'user', 'mfa']);
    }
    const { items } = await unwrap(client.passkeys.list());
    expect(items).toMatchObject([{ lastUsedAt: app.clock.now().toISOString() }]);
  });

  it.each<[string, Odd]>([
    ['for another service', { rpId: 'evil.test' }],
    ['of another page', { origin: 'https://evil.test' }],
    ['that has not looked at its owner', { isVerified: false }],
    ['of another ceremony', { type: 'webauthn.create' }],
    ['in the frame of a page elsewhere', { crossOrigin: true }],
    ['for another account', { userHandle: 'AZlMHm8KfH6dXx9vOg-bEQ' }],
  ])('refuses an answer %s', async (_what, odd) => {
    const { device } = await somebody();
    expect(await sign(await use(device, odd))).toMatchObject(wrong);
  });

  it('refuses a passkey that nobody has, or has no more', async () => {
    expect(await sign(await use(new Authenticator(publicUrl)))).toMatchObject(wrong);
    const { client, device, passkeyId } = await somebody();
    const answer = await use(device);
    await unwrap(client.passkeys.remove({ passkeyId }));
    expect(await sign(answer)).toMatchObject(wrong);
  });

  it('refuses what was signed by somebody else', async () => {
    const { device } = await somebody();
    const [good, other] = [await use(device), await use((await somebody()).device)];
    const forged = { ...good, response: { ...good.response, signature: other.response.signature } };
    expect(await sign(forged)).toMatchObject(wrong);
  });

  it('takes each answer once, of twenty at once, and within five minutes', async () => {
    const { device } = await somebody();
    const answer = await use(device);
    const answers = await Promise.all(Array.from({ length: 20 }, () => sign(answer)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(
      Object.keys(tally(answers)).every((status) => ['200', '401', '410'].includes(status)),
    ).toBe(true);
    const synced = await somebody({ isSynced: true });
    const late = await use(synced.device);
    app.clock.advance({ minutes: 5 });
    expect(await sign(late)).toMatchObject(over);
    const unasked = synced.device.get({ rpId: 'charter.test', challenge: 'bm9ib2R5IGFza2Vk' });
    expect(await sign(unasked)).toMatchObject(over);
  });

  it('refuses a counter that goes back, and writes it down', async () => {
    const { device, passkeyId } = await somebody();
    await unwrap(sign(await use(device, { signCount: 7 })));
    expect(await sign(await use(device, { signCount: 7 }))).toMatchObject(wrong);
    expect(await app.db('auditEntries').where({ targetId: passkeyId })).toContainEqual(
      expect.objectContaining({ result: 'denied', reason: 'passkey_counter' }),
    );
    expect(await sign(await use(device, { signCount: 8 }))).toMatchObject({ status: 200 });
  });

  it('signs nobody in to a deactivated account', async () => {
    const { id, device } = await somebody();
    await app.db('users').where({ id }).update({ deactivatedAt: app.clock.now() });
    expect(await sign(await use(device))).toMatchObject(refusal(403, 'account_disabled'));
  });
});

describe('a passkey as the second factor', () => {
  async function firstStep({
    username: identifier,
    password,
  }: {
    username: string;
    password: string;
  }) {
    const body = { identifier, password, delivery: 'tokens' } as const;
    const needed = await unwrap(app.client().auth.login({ body }));
    if (needed.delivery !== 'none' || !needed.passkey) throw new Error('No passkey is asked for');
    return { ...needed, passkey: needed.passkey };
  }

  it('is asked for after the password, and proves it', async () => {
    const person = await somebody();
    const { token, factors, passkey: asked } = await firstStep(person);
    expect(factors).toEqual(['passkey', 'recovery_code']);
    expect(asked.allowCredentials).toHaveLength(1);
    const body = { token, passkey: person.device.get(asked) };
    const { session } = await unwrap(app.client().auth.proveSecondFactor({ body }));
    expect(session.methods).toEqual(['pwd', 'hwk', 'user', 'mfa']);
  });

  it('is one of the account, and a wrong one is no guess', async () => {
    const [person, other] = [await somebody(), await somebody()];
    const { token, passkey: asked } = await firstStep(person);
    for (let at = 0; at < 6; at += 1) {
      const body = { token, passkey: other.device.get(asked) };
      expect(await app.client().auth.proveSecondFactor({ body })).toMatchObject(
        refusal(401, 'invalid_second_factor'),
      );
    }
    const body = { token, passkey: person.device.get(asked) };
    expect(await app.client().auth.proveSecondFactor({ body })).toMatchObject({ status: 200 });
  });

  it('proves anew who one is', async () => {
    const { client, device, passkeyId } = await somebody();
    app.clock.advance({ minutes: 11 });
    expect(await client.passkeys.remove({ passkeyId })).toMatchObject(
      refusal(403, 'reauthentication_required'),
    );
    const stranger = await use((await somebody()).device);
    expect(await client.auth.reauthenticate({ body: { passkey: stranger } })).toMatchObject(
      invalid('passkey', 'wrong_passkey'),
    );
    const passkey = await use(device);
    await unwrap(client.auth.reauthenticate({ body: { passkey } }));
    const replayed = await client.auth.reauthenticate({ body: { passkey } });
    expect(replayed).toMatchObject(invalid('passkey', 'wrong_passkey'));
    const synced = await somebody({ isSynced: true });
    const used = await use(synced.device);
    await unwrap(synced.client.auth.reauthenticate({ body: { passkey: used } }));
    expect(await synced.client.auth.reauthenticate({ body: { passkey: used } })).toMatchObject(
      over,
    );
    await unwrap(client.passkeys.remove({ passkeyId }));
  });
});

describe('REQUIRE_VERIFIED_EMAIL', () => {
  const strict = useApp({ REQUIRE_VERIFIED_EMAIL: 'true' });

  it('holds for passkeys, too', async () => {
    const person = await createPerson(strict, { emailVerifiedAt: strict.clock.now() });
    const { client } = await signIn(strict, person);
    const device = new Authenticator(publicUrl);
    const credential = device.create(await unwrap(client.passkeys.options()));
    await unwrap(client.passkeys.create({ body: { name: 'A key', credential } }));
    await strict.db('users').where({ id: person.id }).update({ emailVerifiedAt: null });
    const passkey = device.get(await unwrap(strict.client().auth.passkeyOptions()));
    const answer = await strict.client().auth.passkey({ body: { passkey, delivery: 'tokens' } });
    expect(answer).toMatchObject(refusal(403, 'email_unverified'));
  });
});
