import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { verifyWebhook } from '../../client/webhooks.ts';
import { signatureHeaders } from '../../server/features/webhooks/signature.ts';

const makeSecret = () => `whsec_${randomBytes(32).toString('base64')}`;
const secret = makeSecret();
const id = '01994c1e-9b20-7a11-8c3d-4e5f60718293';
const event = { id, type: 'account.created', version: 1, data: { userId: id, note: 'ä€𝄞' } };
const body = JSON.stringify(event);
const at = new Date('2026-11-21T12:00:00.400Z');
const now = { now: at };

/** As another implementation signs. */
function headersBy(key: string, content = body, instant = at) {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(instant.getTime() / 1000)),
    'webhook-signature': new Webhook(key).sign(id, instant, content),
  };
}

describe('a webhook', () => {
  it('that somebody else signs by the standard is believed, and read', async () => {
    expect(await verifyWebhook(body, headersBy(secret), secret, now)).toEqual(event);
    const bytes = new TextEncoder().encode(body);
    expect(await verifyWebhook(bytes, new Headers(headersBy(secret)), secret, now)).toEqual(event);
  });

  it('is signed here as there', () => {
    expect(signatureHeaders({ id, at, body }, [secret])).toEqual(headersBy(secret));
  });

  it('of the example of the standard is signed so', () => {
    // https://github.com/standard-webhooks/standard-webhooks, its libraries' own test.
    const known = {
      id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      at: new Date(1_614_265_330_000),
      body: '{"test": 2432232314}',
    };
    const headers = signatureHeaders(known, ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']);
    expect(headers).toEqual({
      'webhook-id': known.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('is believed while the secret changes, by either', async () => {
    const next = makeSecret();
    const headers = signatureHeaders({ id, at, body }, [next, secret]);
    for (const known of [next, secret, [makeSecret(), secret]]) {
      expect(await verifyWebhook(body, headers, known, now)).toEqual(event);
    }
  });

  it('is read from headers however they are written', async () => {
    const plain = headersBy(secret);
    const upper = Object.fromEntries(
      Object.entries(plain).map(([name, value]) => [name.toUpperCase(), [value]]),
    );
    expect(await verifyWebhook(body, upper, secret, now)).toEqual(event);
  });
});

describe('nobody believes', () => {
  const good = headersBy(secret);
  const refused = (given: object, content = body, known = secret, more: object = now) =>
    verifyWebhook(content, { ...good, ...given }, known, more).catch(({ reason }) => reason);

  it('what was changed on the way', async () => {
    expect(await refused({}, `${body} `)).toBe('wrong_signature');
    expect(await refused({ 'webhook-id': 'another' })).toBe('wrong_signature');
    const second = { 'webhook-timestamp': String(Number(good['webhook-timestamp']) + 1) };
    expect(await refused(second)).toBe('wrong_signature');
  });

  it.each([
    '',
    'v1,',
    'v1',
    'v1,AAAA',
    'v1,%%%',
    `v2,${good['webhook-signature'].slice(3)}`,
    `v1a,${good['webhook-signature'].slice(3)}`,
    good['webhook-signature'].slice(0, -2),
    Array.from({ length: 1_000 }, () => 'v1,AAAA').join(' '),
  ])('the signature %s', async (signature) => {
    expect(await refused({ 'webhook-signature': signature })).toBe(
      signature === '' ? 'incomplete' : 'wrong_signature',
    );
  });

  it('another secret', async () => {
    expect(await refused({}, body, makeSecret())).toBe('wrong_signature');
    await expect(verifyWebhook(body, good, 'whsec_', now)).rejects.toThrow(TypeError);
    await expect(verifyWebhook(body, good, 'whsec_%', now)).rejects.toThrow(TypeError);
    expect(await verifyWebhook(body, good, [], now).catch(({ reason }) => reason)).toBe(
      'wrong_signature',
    );
  });

  it('what is old, or of the future, or has no time', async () => {
    const away = (seconds: number) => ({ now: new Date(at.getTime() + seconds * 1000) });
    expect(await refused({}, body, secret, away(299))).toEqual(event);
    expect(await refused({}, body, secret, away(301))).toBe('too_old');
    expect(await refused({}, body, secret, away(-302))).toBe('too_new');
    expect(await refused({}, body, secret, { ...away(301), toleranceSeconds: 600 })).toEqual(event);
    for (const timestamp of ['', 'x', '1e9', '-1', 'NaN', ' 1']) {
      expect(await refused({ 'webhook-timestamp': timestamp })).toBe('incomplete');
    }
  });

  it('what has no signature at all', async () => {
    const none = await verifyWebhook(body, {}, secret, now).catch(({ reason }) => reason);
    expect(none).toBe('incomplete');
  });

  it('what is signed and no JSON', async () => {
    const text = 'not json';
    expect(await refused(headersBy(secret, text), text)).toBe('not_json');
  });
});
