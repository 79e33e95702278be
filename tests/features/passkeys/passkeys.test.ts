import { randomUUIDv7 } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Client, unwrap } from '../../../client/index.ts';
import { invalid, refusal, tally } from '../../kit/answers.ts';
import { publicUrl, useApp } from '../../kit/app.ts';
import { Authenticator, type Odd } from '../../kit/authenticator.ts';
import { hashOf } from '../../kit/callers.ts';
import { sending } from '../../kit/credentials.ts';
import { mailsTo } from '../../kit/mailbox.ts';
import { quickSession } from '../../kit/quick-session.ts';

const app = useApp({ CORS_ORIGINS: 'http://app.charter.test, http://elsewhere.test' });

/** Signed in just now, with a password unless it is said otherwise. */
async function somebody({ hasPassword = true } = {}) {
  const passwordHash = hasPassword ? await hashOf('a long enough passphrase') : null;
  const { userId, headers } = await quickSession(app, { account: { passwordHash } });
  return { userId, client: app.client(sending(headers)) };
}

async function answerTo(client: Client, device: Authenticator, odd: Odd = {}, name = 'A phone') {
  const credential = device.create(await unwrap(client.passkeys.options()), odd);
  return client.passkeys.create({ body: { name, credential } });
}

describe('a passkey', () => {
  it('is made for this service and its owner, who learns of it', async () => {
    const { userId, client } = await somebody();
    const options = await unwrap(client.passkeys.options());
    const user = await app.db('users').where({ id: userId }).first();
    expect(options).toMatchObject({
      rp: { id: 'charter.test', name: 'Charter' },
      user: { name: user.email, displayName: user.username },
      attestation: 'none',
      excludeCredentials: [],
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    const device = new Authenticator(publicUrl, { isSynced: true });
    const { passkey, recoveryCodes } = await unwrap(answerTo(client, device));
    expect(passkey).toMatchObject({ name: 'A phone', isSynced: true, isBackedUp: true });
    expect(recoveryCodes).toHaveLength(10);
    expect(await unwrap(client.secondFactors.get())).toMatchObject({ totp: null, passkeys: 1 });
    const mails = await mailsTo(app, user.email);
    expect(mails.map(({ subject }) => subject)).toEqual(['Your Charter account has a new passkey']);
    const next = await unwrap(client.passkeys.options());
    expect(next.excludeCredentials).toMatchObject([{ transports: ['internal'] }]);
    expect((await unwrap(answerTo(client, new Authenticator(publicUrl)))).recoveryCodes).toEqual(
      [],
    );
  });

  it('may be made by a page below the same host, and by no other', async () => {
    const { client } = await somebody();
    const from = (origin: string) => answerTo(client, new Authenticator(origin));
    expect(await from('http://app.charter.test')).toMatchObject({ status: 200 });
    for (const origin of ['http://elsewhere.test', 'http://evil.test', 'https://charter.test']) {
      expect(await from(origin)).toMatchObject(invalid('credential', 'wrong_passkey'));
    }
  });

  it.each<[string, Odd]>([
    ['for another service', { rpId: 'evil.test' }],
    ['that has not looked at its owner', { isVerified: false }],
    ['of another ceremony', { type: 'webauthn.get' }],
    ['in the frame of a page elsewhere', { crossOrigin: true }],
  ])('is refused: one %s', async (_what, odd) => {
    const { client } = await somebody();
    const answer = await answerTo(client, new Authenticator(publicUrl), odd);
    expect(answer).toMatchObject(invalid('credential', 'wrong_passkey'));
  });

  it('is one of one account', async () => {
    const [one, other] = [await somebody(), await somebody()];
    const device = new Authenticator(publicUrl);
    await unwrap(answerTo(one.client, device));
    for (const { client } of [one, other]) {
      expect(await answerTo(client, device)).toMatchObject(refusal(409, 'passkey_exists'));
    }
  });

  it('answers a challenge of its own, once, within five minutes', async () => {
    const [one, other] = [await somebody(), await somebody()];
    const over = refusal(410, 'invalid_link');
    const device = new Authenticator(publicUrl);
    const body = {
      name: 'A phone',
      credential: device.create(await unwrap(one.client.passkeys.options())),
    };
    expect(await other.client.passkeys.create({ body })).toMatchObject(over);
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => one.client.passkeys.create({ body })),
    );
    expect(tally(answers)).toEqual({ 200: 1, 410: 19 });
    const late = new Authenticator(publicUrl).create(await unwrap(one.client.passkeys.options()));
    app.clock.advance({ minutes: 5 });
    const answer = await one.client.passkeys.create({ body: { name: 'Late', credential: late } });
    expect(answer).toMatchObject(over);
  });

  it('is one of fifty at most', async () => {
    const { userId, client } = await somebody();
    const now = app.clock.now();
    const row = { userId, name: 'x', publicKey: 'x', transports: [], signCount: 0 };
    const rest = { isSynced: false, isBackedUp: false, createdAt: now, updatedAt: now };
    const rows = Array.from({ length: 50 }, () => ({ ...row, ...rest, id: randomUUIDv7() }));
    await app.db('passkeys').insert(rows.map((one) => ({ ...one, credentialId: one.id })));
    const answer = await answerTo(client, new Authenticator(publicUrl));
    expect(answer).toMatchObject(refusal(409, 'too_many_passkeys'));
  });
});

describe('the own passkeys', () => {
  it('are listed, renamed and removed by their owner alone', async () => {
    const [{ client }, other] = [await somebody(), await somebody()];
    const { passkey } = await unwrap(answerTo(client, new Authenticator(publicUrl)));
    const passkeyId = passkey.id;
    const renamed = await unwrap(client.passkeys.rename({ passkeyId, body: { name: 'Old' } }));
    expect(await unwrap(client.passkeys.list())).toEqual({ items: [renamed] });
    const missing = refusal(404, 'not_found');
    for (const answer of [
      await other.client.passkeys.rename({ passkeyId, body: { name: 'Mine' } }),
      await other.client.passkeys.remove({ passkeyId }),
    ]) {
      expect(answer).toMatchObject(missing);
    }
    await unwrap(client.passkeys.remove({ passkeyId }));
    expect(await client.passkeys.remove({ passkeyId })).toMatchObject(missing);
    expect(await unwrap(client.secondFactors.get())).toMatchObject({
      passkeys: 0,
      recoveryCodesLeft: 0,
    });
  });

  it('keep the last one of an account without a password, however many try at once', async () => {
    const { client } = await somebody({ hasPassword: false });
    const made = [new Authenticator(publicUrl), new Authenticator(publicUrl)];
    const ids: string[] = [];
    for (const device of made) ids.push((await unwrap(answerTo(client, device))).passkey.id);
    const answers = await Promise.all(
      ids.map((passkeyId) => client.passkeys.remove({ passkeyId })),
    );
    expect(tally(answers)).toEqual({ 204: 1, 409: 1 });
    expect(answers.find(({ status }) => status === 409)).toMatchObject(
      refusal(409, 'last_sign_in_method'),
    );
  });
});
