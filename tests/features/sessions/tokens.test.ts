import {
  createLocalJWKSet,
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  type JSONWebKeySet,
  type JWTHeaderParameters,
  type JWTPayload,
  jwtVerify,
  SignJWT,
} from 'jose';
import { describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { Session } from '../../../server/features/sessions/model.ts';
import { readSigningKeys } from '../../../server/features/signing-keys/model.ts';
import { SecretKeys } from '../../../server/platform/secrets/secret-keys.ts';
import { refusal } from '../../kit/answers.ts';
import { publicUrl, useApp } from '../../kit/app.ts';
import { aMember, createPerson } from '../../kit/callers.ts';
import { openBrowser, sending, withToken } from '../../kit/credentials.ts';
import { loadedRing } from '../../kit/key-ring.ts';
import { quickProgramToken } from '../../kit/quick-key.ts';

const app = useApp();
const refused = refusal(401, 'unauthenticated');

/** Signs what our server never would, with its own key. */
async function sign(claims: JWTPayload, header: Partial<JWTHeaderParameters> = {}) {
  const secretKeys = new SecretKeys(app.config.secrets.keys);
  const ring = await loadedRing(
    () => readSigningKeys(app.db, secretKeys, app.clock.now()),
    app.clock,
  );
  const { kid, privateKey } = ring.getSigning();
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', typ: 'at+jwt', kid, ...header })
    .sign(privateKey, { crit: { exp: true } });
}

/** A good token, taken apart. */
async function aToken() {
  const { tokens } = await aMember(app);
  const { accessToken } = tokens();
  const [head = '', payload = '', signature = ''] = accessToken.split('.');
  return { accessToken, head, payload, signature, claims: decodeJwt(accessToken) };
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

describe('an access token', () => {
  it('is a JWT after RFC 9068, signed by ES256', async () => {
    const { accessToken } = await aToken();
    const { keys } = await unwrap(app.client().signingKeys.list());
    expect(decodeProtectedHeader(accessToken)).toEqual({
      alg: 'ES256',
      typ: 'at+jwt',
      kid: keys[0]?.kid,
    });
  });

  it('says who signed in, when, how and for how long', async () => {
    const { tokens, id, client } = await aMember(app);
    const { session } = await unwrap(client.auth.session());
    const now = Math.floor(app.clock.now().getTime() / 1000);
    expect(decodeJwt(tokens().accessToken)).toEqual({
      iss: publicUrl,
      aud: 'charter',
      sub: id,
      client_id: 'charter',
      sid: session.id,
      jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
      iat: now,
      nbf: now,
      exp: now + 300,
      auth_time: now,
      amr: ['pwd'],
      roles: ['member'],
    });
  });

  it('is verified by others with the published keys', async () => {
    const { accessToken, claims } = await aToken();
    const published = await unwrap(app.client().signingKeys.list());
    const { payload } = await jwtVerify(
      accessToken,
      createLocalJWKSet(published as JSONWebKeySet),
      { issuer: publicUrl, audience: 'charter', typ: 'at+jwt', currentDate: app.clock.now() },
    );
    expect(payload).toEqual(claims);
  });

  it('works again and again, with the scheme in any case', async () => {
    const { accessToken } = await aToken();
    for (const scheme of ['Bearer', 'Bearer', 'bearer', 'BEARER']) {
      const client = app.client(sending({ authorization: `${scheme} ${accessToken}` }));
      expect(await client.me.get()).toMatchObject({ status: 200 });
    }
  });

  it('lasts five minutes, and thirty seconds for clocks that differ', async () => {
    const client = withToken(app, (await aToken()).accessToken);
    app.clock.advance({ minutes: 5, seconds: 29 });
    expect(await client.me.get()).toMatchObject({ status: 200 });
    app.clock.advance({ seconds: 2 });
    expect(await client.me.get()).toMatchObject(refused);
  });

  it('grants nothing by the roles it names', async () => {
    const { claims } = await aToken();
    const client = withToken(app, await sign({ ...claims, roles: ['admin'] }));
    expect(await unwrap(client.me.get())).toMatchObject({ roles: ['member'] });
  });
});

describe('a token is refused', () => {
  it.each([
    ['of another issuer', { iss: 'http://other.test' }],
    ['for another audience', { aud: 'another-service' }],
    ['without a subject', { sub: undefined }],
    ['without a session', { sid: undefined }],
    ['without an end', { exp: undefined }],
    ['without an id', { jti: undefined }],
    ['without a start', { nbf: undefined }],
    ['without the time of the sign-in', { auth_time: undefined }],
    ['that ends at no number', { exp: '4000000000' }],
    ['for us and another audience', { aud: ['charter', 'another-service'] }],
    ['whose session is no id', { sid: 'x' }],
    ['of an unknown session', { sid: '01994c1e-7a00-7d10-8a39-2b7cb6a4c001' }],
    ["of another account's session", { sub: '01994c1e-7a00-7d10-8a39-2b7cb6a4c001' }],
    ['that is not valid yet', { nbf: 4_000_000_000 }],
    ['of an API key besides', { key_id: '01994c1e-7a00-7d10-8a39-2b7cb6a4c001' }],
  ])('%s', async (_, change) => {
    const { claims } = await aToken();
    const forged = await sign({ ...claims, ...change } as JWTPayload);
    expect(await withToken(app, forged).me.get()).toMatchObject(refused);
  });

  it.each([
    ['as it is, which is the only good one', {}, 200],
    ['of another key', { key_id: '01994c1e-7a00-7d10-8a39-2b7cb6a4c001' }, 401],
    ['of another program', { sub: '01994c1e-7a00-7d10-8a39-2b7cb6a4c001' }, 401],
    ['of a program that is not its client', { client_id: 'charter' }, 401],
    ['of a session besides', { sid: '01994c1e-7a00-7d10-8a39-2b7cb6a4c001' }, 401],
    ['without its key', { key_id: undefined }, 401],
    ['without a scope', { scope: undefined }, 401],
    ['whose scope is beyond its key', { scope: 'roles:read' }, 403],
  ])('of a program: %s', async (_, change, status) => {
    const { headers } = await quickProgramToken(app, ['users:read']);
    const claims = decodeJwt(headers.Authorization?.slice(7) ?? '');
    const forged = await sign({ ...claims, ...change } as JWTPayload);
    expect(await withToken(app, forged).users.list()).toMatchObject({ status });
  });

  it.each([
    ['of another type', { typ: 'JWT' }],
    ['without a type', { typ: undefined }],
    ['signed by an unknown key', { kid: '01994c1e-7a00-7d10-8a39-2b7cb6a4c001' }],
    ['that names no key', { kid: undefined }],
    ['that points to its key', { jku: 'http://evil.example/jwks.json' }],
    ['that points to its certificate', { x5u: 'http://evil.example/cert.pem' }],
    ['that demands an extension', { crit: ['exp'], exp: 4_000_000_000 }],
  ])('%s', async (_, change) => {
    const { claims } = await aToken();
    const forged = await sign(claims, change as Partial<JWTHeaderParameters>);
    expect(await withToken(app, forged).me.get()).toMatchObject(refused);
  });

  it('that brings its own key', async () => {
    const { claims, accessToken } = await aToken();
    const { publicKey, privateKey } = await generateKeyPair('ES256');
    const header = { ...decodeProtectedHeader(accessToken), jwk: await exportJWK(publicKey) };
    const forged = await new SignJWT(claims)
      .setProtectedHeader(header as JWTHeaderParameters)
      .sign(privateKey);
    expect(await withToken(app, forged).me.get()).toMatchObject(refused);
  });

  it('whose claims were changed', async () => {
    const { head, signature, claims } = await aToken();
    const forged = [head, encode({ ...claims, exp: 4_000_000_000 }), signature].join('.');
    expect(await withToken(app, forged).me.get()).toMatchObject(refused);
  });

  it('without a signature', async () => {
    const { accessToken, head, payload } = await aToken();
    const header = { ...decodeProtectedHeader(accessToken), alg: 'none' };
    for (const forged of [`${encode(header)}.${payload}.`, `${head}.${payload}.`]) {
      expect(await withToken(app, forged).me.get()).toMatchObject(refused);
    }
  });

  it('signed by the public key as if it were a shared secret', async () => {
    const { accessToken, claims } = await aToken();
    const { keys } = await unwrap(app.client().signingKeys.list());
    const { kid } = decodeProtectedHeader(accessToken);
    const forged = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', typ: 'at+jwt', kid: `${kid}` })
      .sign(Buffer.from(JSON.stringify(keys[0])));
    expect(await withToken(app, forged).me.get()).toMatchObject(refused);
  });

  // The verifier has a test for each of them; here they meet the whole service, while the good
  // token that they are made of is remembered.
  it('that resembles one that is remembered', async () => {
    const { accessToken, head, payload, signature, claims } = await aToken();
    const bytes = Buffer.from(signature, 'base64url');
    const der = (part: Buffer) => Buffer.concat([Buffer.from([2, 33, 0]), part]);
    const [r, s] = [der(bytes.subarray(0, 32)), der(bytes.subarray(32))];
    const inDer = Buffer.concat([Buffer.from([48, r.length + s.length]), r, s]);
    expect(await withToken(app, accessToken).me.get()).toMatchObject({ status: 200 });
    for (const forged of [
      accessToken.slice(0, -1),
      `${accessToken}A`,
      `${accessToken}==`,
      `${accessToken}.`,
      `${head}.${payload}.${inDer.toString('base64url')}`,
      `${encode([decodeProtectedHeader(accessToken)])}.${payload}.${signature}`,
      await sign({ ...claims, padding: 'x'.repeat(6_200) }),
    ]) {
      expect(await withToken(app, forged).me.get()).toMatchObject(refused);
    }
  });

  it('that is a cookie session in disguise', async () => {
    const person = await createPerson(app);
    await openBrowser(app, person);
    const session = await Session.query(app.db).findOne({ userId: person.id });
    const { claims } = await aToken();
    const forged = await sign({ ...claims, sub: person.id, sid: `${session?.id}` });
    expect(await withToken(app, forged).me.get()).toMatchObject(refused);
  });
});
