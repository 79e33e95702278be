import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { invalid, refusal } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { aMember } from '../../kit/callers.ts';
import { sending } from '../../kit/credentials.ts';
import { mailsTo } from '../../kit/mailbox.ts';
import { quickSession } from '../../kit/quick-session.ts';
import { aPersonWithTotp, codeOf } from '../../kit/second-factors.ts';

const app = useApp();

const subjects = async (email: string) => (await mailsTo(app, email)).map(({ subject }) => subject);

const eventsOf = async (userId: string) => {
  const rows = await app.db('events').whereLike('name', 'account.factor%').orderBy('id');
  return rows
    .filter(({ data }) => data.userId === userId)
    .map(({ name, data }) => [name, data.kind]);
};

describe('an authenticator app', () => {
  it('is set up with a secret, an address and a picture, and counts once it is confirmed', async () => {
    const { client, email } = await aMember(app);
    const { secret, uri, qrCode } = await unwrap(client.secondFactors.enrol());
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(new URL(uri)).toMatchObject({ protocol: 'otpauth:', host: 'totp' });
    expect(decodeURIComponent(uri)).toContain(`/Charter:${email}?secret=${secret}&issuer=Charter`);
    expect(qrCode).toMatch(/^<svg/);
    expect(await unwrap(client.secondFactors.get())).toEqual({
      isRequired: false,
      totp: null,
      passkeys: 0,
      recoveryCodesLeft: 0,
    });
    const code = codeOf(secret, app.clock.now());
    const { codes } = await unwrap(client.secondFactors.confirm({ body: { code } }));
    // 128 bits in base32.
    expect(new Set(codes).size).toBe(10);
    for (const one of codes) expect(one.replaceAll('-', '')).toMatch(/^[A-Z2-7]{26}$/);
    expect(await unwrap(client.secondFactors.get())).toEqual({
      isRequired: false,
      totp: { confirmedAt: app.clock.now().toISOString() },
      passkeys: 0,
      recoveryCodesLeft: 10,
    });
  });

  it('stores nothing that proves anything', async () => {
    const { id: userId, secret, recoveryCodes } = await aPersonWithTotp(app);
    const stored = JSON.stringify([
      await app.db('totpSecrets').where({ userId }),
      await app.db('recoveryCodes').where({ userId }),
    ]);
    for (const one of [secret, ...recoveryCodes]) expect(stored).not.toContain(one);
  });

  it('is not confirmed by a wrong code, a used set-up, or after an hour', async () => {
    const { client } = await aMember(app);
    const confirm = (code: string) => client.secondFactors.confirm({ body: { code } });
    expect(await confirm('123456')).toMatchObject(refusal(409, 'second_factor_missing'));
    const { secret } = await unwrap(client.secondFactors.enrol());
    const [right, early] = [0, -90].map((seconds) =>
      codeOf(secret, new Date(app.clock.now().getTime() + seconds * 1000)),
    );
    expect(await confirm(early ?? '')).toMatchObject(invalid('code', 'wrong_code'));
    await unwrap(confirm(right ?? ''));
    expect(await confirm(right ?? '')).toMatchObject(refusal(409, 'second_factor_missing'));
    expect(await client.secondFactors.enrol()).toMatchObject(refusal(409, 'second_factor_exists'));
  });

  it('waits an hour for its first code', async () => {
    const { userId, headers } = await quickSession(app);
    const client = app.client(sending(headers));
    const { secret } = await unwrap(client.secondFactors.enrol());
    await app
      .db('totpSecrets')
      .where({ userId })
      .update({ createdAt: new Date(app.clock.now().getTime() - 3_600_000) });
    const code = codeOf(secret, app.clock.now());
    const answer = await client.secondFactors.confirm({ body: { code } });
    expect(answer).toMatchObject(refusal(409, 'second_factor_missing'));
  });

  it('begins anew with another secret while it is not confirmed', async () => {
    const { client } = await aMember(app);
    const first = await unwrap(client.secondFactors.enrol());
    const second = await unwrap(client.secondFactors.enrol());
    const confirm = ({ secret }: typeof first) =>
      client.secondFactors.confirm({ body: { code: codeOf(secret, app.clock.now()) } });
    expect(await confirm(first)).toMatchObject(invalid('code', 'wrong_code'));
    expect(await confirm(second)).toMatchObject({ status: 200 });
  });

  it('is removed with its recovery codes, and everything is told', async () => {
    const { id, email, client } = await aPersonWithTotp(app);
    await unwrap(client.secondFactors.removeTotp());
    expect(await unwrap(client.secondFactors.get())).toMatchObject({
      totp: null,
      recoveryCodesLeft: 0,
    });
    // Once more is nothing more, and recovery codes stand in for nothing now.
    await unwrap(client.secondFactors.removeTotp());
    expect(await unwrap(client.secondFactors.renewCodes())).toEqual({ codes: [] });
    expect(await eventsOf(id)).toEqual([
      ['account.factor_added', 'totp'],
      ['account.factor_removed', 'totp'],
    ]);
    expect(await subjects(email)).toEqual([
      'Your Charter account has a new authenticator app',
      'Your Charter account has lost its authenticator app',
    ]);
  });

  it('gives new recovery codes in place of the older ones', async () => {
    const { client, recoveryCodes, email } = await aPersonWithTotp(app);
    const { codes } = await unwrap(client.secondFactors.renewCodes());
    expect((await subjects(email)).at(-1)).toBe('Your Charter account has new recovery codes');
    expect(new Set([...codes, ...recoveryCodes]).size).toBe(20);
    expect(await unwrap(client.secondFactors.get())).toMatchObject({ recoveryCodesLeft: 10 });
  });
});
