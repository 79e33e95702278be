import { decodeProtectedHeader } from 'jose';
import { beforeEach, describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { refusal } from '../../kit/answers.ts';
import { startApp, type TestApp, useApp } from '../../kit/app.ts';
import { createPerson, signIn } from '../../kit/callers.ts';
import { charter, useDatabase } from '../../kit/command.ts';
import { withToken } from '../../kit/credentials.ts';
import { eventually } from '../../kit/eventually.ts';

const app = useApp();

describe('signingKeys.list', () => {
  it('publishes the key that signs, and nothing private', async () => {
    const { keys } = await unwrap(app.client().signingKeys.list());
    const coordinate = expect.stringMatching(/^[\w-]{43}$/);
    const kid = expect.stringMatching(/^[0-9a-f-]{36}$/);
    expect(keys).toEqual([
      { kty: 'EC', crv: 'P-256', use: 'sig', alg: 'ES256', kid, x: coordinate, y: coordinate },
    ]);
  });

  it('stands where verifiers look for it, and may be cached', async () => {
    const answer = await app.request('/.well-known/jwks.json');
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
  });

  it('keeps the private key sealed in the database', async () => {
    const [row] = await app.db('signingKeys').select();
    expect(row.publicJwk).not.toHaveProperty('d');
    expect(row.privateJwkSealed).not.toMatch(/"d"|\{/);
  });
});

describe('a rotation of the keys', () => {
  let app: TestApp;

  beforeEach(async () => {
    app = await startApp();
    useDatabase(app.config.database.url);
    return () => app.close();
  });

  async function rotate(publishSeconds: number) {
    const seconds = String(publishSeconds);
    const { out } = await charter(['keys', 'rotate', '--publish-seconds', seconds, '--json']);
    return JSON.parse(out) as { kid: string; signsFrom: string; oldRetireAt: string };
  }

  async function published() {
    const { keys } = await unwrap(app.client().signingKeys.list());
    return keys.map(({ kid }) => kid);
  }

  /** A token, and which key signed it. */
  async function aToken() {
    const { tokens } = await signIn(app, await createPerson(app));
    const { accessToken } = tokens();
    return { accessToken, kid: decodeProtectedHeader(accessToken).kid };
  }

  it('is published at once, signs later, and takes the old key away last', async () => {
    const [old] = await published();
    const { kid } = await rotate(60);
    await eventually(async () => expect(await published()).toEqual([old, kid]));
    expect((await aToken()).kid).toBe(old);
    // The command reads the clock of the machine, a moment later than the app's.
    app.clock.advance({ seconds: 50 });
    const last = await aToken();
    app.clock.advance({ seconds: 70 });
    const next = await aToken();
    expect([last.kid, next.kid]).toEqual([old, kid]);
    for (const { accessToken } of [last, next]) {
      expect(await withToken(app, accessToken).me.get()).toMatchObject({ status: 200 });
    }
    app.clock.advance({ minutes: 6 });
    expect(await published()).toEqual([kid]);
    const late = await withToken(app, last.accessToken).me.get();
    expect(late).toMatchObject(refusal(401, 'unauthenticated'));
  });

  it('may happen twice at once, and leaves one key to sign', async () => {
    const made = await Promise.all([rotate(60), rotate(60)]);
    await eventually(async () => expect(await published()).toHaveLength(3));
    app.clock.advance({ minutes: 2 });
    const [one, two] = [await aToken(), await aToken()];
    expect(made.map(({ kid }) => kid)).toContain(one.kid);
    expect(two.kid).toBe(one.kid);
    app.clock.advance({ minutes: 6 });
    expect(await published()).toEqual([one.kid]);
  });

  it('leaves an entry of the command', async () => {
    const { kid } = await rotate(60);
    const [entry, ...more] = await app.db('auditEntries').whereNot({ operation: 'start' });
    expect(entry).toMatchObject({
      operation: 'keys rotate',
      origin: 'command',
      actor: 'system:charter keys rotate',
      targetType: 'signing_key',
      targetId: kid,
      result: 'done',
    });
    expect(more).toEqual([]);
  });

  it('happens by itself when the newest key is old, and only then', async () => {
    await app.runScheduled('signing-keys.rotate');
    expect(await published()).toHaveLength(1);
    app.clock.advance({ days: 91 });
    await app.runScheduled('signing-keys.rotate');
    await app.runScheduled('signing-keys.rotate');
    expect(await app.db('signing_keys').select('id')).toHaveLength(2);
    await eventually(async () => expect(await published()).toHaveLength(2));
    const entries = await app.db('auditEntries').where({ operation: 'signing-keys.rotate' });
    expect(entries).toMatchObject([{ origin: 'job', actor: 'system:SIGNING_KEY_DAYS' }]);
  });

  async function revoke(kid = '') {
    const { code, out } = await charter(['keys', 'revoke', kid, '--json']);
    return { code, ...(JSON.parse(out) as { madeKid?: string; message?: string }) };
  }

  it('ends a leaked key at once, and another one signs', async () => {
    const person = await signIn(app, await createPerson(app));
    const { accessToken, refreshToken } = person.tokens();
    const client = withToken(app, accessToken);
    await unwrap(client.me.get());
    const { kid } = decodeProtectedHeader(accessToken);
    const { madeKid } = await revoke(kid);
    await eventually(async () => {
      expect(await client.me.get()).toMatchObject(refusal(401, 'unauthenticated'));
      expect(await published()).toEqual([madeKid]);
    });
    app.clock.advance({ seconds: 5 });
    const next = await unwrap(app.client().auth.refresh({ body: { refreshToken } }));
    expect(decodeProtectedHeader(next.accessToken).kid).toBe(madeKid);
    expect(await withToken(app, next.accessToken).me.get()).toMatchObject({ status: 200 });
    const [entry] = await app.db('auditEntries').where({ operation: 'keys revoke' });
    expect(entry).toMatchObject({ targetId: kid, actor: 'system:charter keys revoke' });
    expect(await revoke(kid)).toMatchObject({ code: 1 });
    expect(await revoke('x')).toMatchObject({ code: 1, message: 'The id of a key is a UUID.' });
  });

  it('leaves the one that waits to sign at once, when the signing one is ended', async () => {
    const { kid: old } = await aToken();
    const { kid } = await rotate(3_600);
    expect(await revoke(old)).toMatchObject({ madeKid: null });
    await eventually(async () => expect(await published()).toEqual([kid]));
    app.clock.advance({ seconds: 5 });
    expect((await aToken()).kid).toBe(kid);
  });
});
