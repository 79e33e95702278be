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
});
