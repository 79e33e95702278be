import { createHmac, generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openSigned, protectedHeader } from '../../../server/features/signing-keys/es256.ts';

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const key = { kid: randomUUID(), publicKey };
const others = { kid: randomUUID(), ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) };
const open = (token: string) => openSigned(token, [others, key]);

const claims = { sub: 'ada' };
const text = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url');
const head = text(protectedHeader(key.kid));
const good = signed(head, text(claims));
const [, payload = '', signature = ''] = good.split('.');

type Encoding = 'ieee-p1363' | 'der';

function signed(header: string, body: string, by: KeyObject = privateKey, as?: Encoding): string {
  const input = `${header}.${body}`;
  const bytes = sign('sha256', Buffer.from(input), { key: by, dsaEncoding: as ?? 'ieee-p1363' });
  return `${input}.${bytes.toString('base64url')}`;
}

/** Another spelling of the same bytes: of the last character, only some bits count. */
function respelled(part: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  const last = alphabet.indexOf(part.slice(-1));
  const other = part.slice(0, -1) + alphabet[last + 1];
  expect(Buffer.from(other, 'base64url').equals(Buffer.from(part, 'base64url'))).toBe(true);
  return other;
}

function mac(header: object, secret: string | Buffer): string {
  const input = `${text(header)}.${payload}`;
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

describe('a signed text', () => {
  it('is opened with the key that it names', () => {
    expect(open(good)).toEqual({ key, payload: claims });
  });

  it('is not opened with another key than it names', () => {
    expect(openSigned(good, [others])).toBeUndefined();
    expect(openSigned(good, [{ ...others, kid: key.kid }])).toBeUndefined();
    expect(openSigned(good, [])).toBeUndefined();
  });

  it('may be long, but not longer than any of ours', () => {
    const fits = signed(head, text({ pad: 'x'.repeat(5_800) }));
    expect(open(fits)).toBeDefined();
    expect(open(signed(head, text({ pad: 'x'.repeat(6_100) })))).toBeUndefined();
  });
});

// Signed by our own key, so that it is the header that refuses.
describe('a header is refused', () => {
  const ours = protectedHeader(key.kid);
  it.each<[string, unknown]>([
    ['with another algorithm', { ...ours, alg: 'ES384' }],
    ['without one', { typ: ours.typ, kid: ours.kid }],
    ['of another type', { ...ours, typ: 'JWT' }],
    ['of the type in capitals', { ...ours, typ: 'AT+JWT' }],
    ['with an unknown key', { ...ours, kid: randomUUID() }],
    ['with several keys', { ...ours, kid: [key.kid] }],
    ['with a key that it brings', { ...ours, jwk: publicKey.export({ format: 'jwk' }) }],
    ['that points to a key set', { ...ours, jku: 'http://evil.example' }],
    ['that points to a certificate', { ...ours, x5u: 'http://evil.example' }],
    ['with certificates', { ...ours, x5c: ['x'] }],
    ['that demands extensions', { ...ours, crit: ['exp'], exp: 1 }],
    ['with an unencoded payload', { ...ours, b64: false, crit: ['b64'] }],
    ['in another order', { kid: ours.kid, typ: ours.typ, alg: ours.alg }],
    ['that is an array', [ours]],
    ['that is a text', 'ES256'],
    ['that is nothing', null],
  ])('%s', (_, header) => {
    expect(open(signed(text(header), payload))).toBeUndefined();
  });

  it.each([
    ['twice the same name', `{"alg":"none","alg":"ES256","typ":"at+jwt","kid":"${key.kid}"}`],
    ['blanks', JSON.stringify(ours, null, 1)],
    ['a byte order mark', `\u{feff}${JSON.stringify(ours)}`],
    ['something behind it', `${JSON.stringify(ours)} `],
    ['no JSON', 'x'],
  ])('with %s', (_, header) => {
    expect(open(signed(Buffer.from(header).toString('base64url'), payload))).toBeUndefined();
  });
});

describe('a signature is refused', () => {
  const bytes = Buffer.from(signature, 'base64url');
  const zeros = Buffer.alloc(64).toString('base64url');
  it.each<[string, string]>([
    ['that is missing', `${head}.${payload}.`],
    ['of none', `${text({ ...protectedHeader(key.kid), alg: 'none' })}.${payload}.`],
    [
      'that a public key made, as a shared secret',
      mac(
        { ...protectedHeader(key.kid), alg: 'HS256' },
        publicKey.export({ format: 'pem', type: 'spki' }) as string,
      ),
    ],
    ['that is shorter', `${head}.${payload}.${bytes.subarray(0, 63).toString('base64url')}`],
    [
      'that is longer',
      `${head}.${payload}.${Buffer.concat([bytes, Buffer.alloc(1)]).toString('base64url')}`,
    ],
    ['of zeros (CVE-2022-21449)', `${head}.${payload}.${zeros}`],
    ['in DER', signed(head, payload, privateKey, 'der')],
    ['of another key', signed(head, payload, others.privateKey)],
    ['of other claims', `${head}.${text({ sub: 'eve' })}.${signature}`],
    ['that is spelled differently', `${head}.${payload}.${respelled(signature)}`],
    ['with padding', `${good}==`],
    ['in plain base64', `${head}.${payload}.${Buffer.alloc(64, 255).toString('base64')}`],
  ])('%s', (_, token) => {
    expect(open(token)).toBeUndefined();
  });
});

describe('a form is refused', () => {
  it.each<[string, string]>([
    ['of one part', payload],
    ['of two parts', `${head}.${payload}`],
    ['of four parts', `${good}.`],
    ['of five parts', `${good}.x.y`],
    ['with something in front', ` ${good}`],
    ['with something behind', `${good}\n`],
    ['with a line break inside', `${head}\n.${payload}.${signature}`],
    ['with no payload', signed(head, '')],
    ['as JSON', JSON.stringify({ protected: head, payload, signature })],
    ['that is empty', ''],
    ['of dots', '..'],
  ])('%s', (_, token) => {
    expect(open(token)).toBeUndefined();
  });

  it('with a payload that is no JSON says nothing', () => {
    expect(open(signed(head, 'eHg'))?.payload).toBeUndefined();
  });
});
