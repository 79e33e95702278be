import { createPublicKey, randomUUID } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import { describe, expect, it } from 'vitest';
import { subjectsOf, type VerifiedToken } from '../../../server/features/sessions/access-claims.ts';
import { AccessTokens } from '../../../server/features/sessions/access-tokens.ts';
import type { SigningKey } from '../../../server/features/signing-keys/model.ts';
import { secondsAfter } from '../../../server/platform/clock.ts';
import { RevocableCache } from '../../../server/platform/revocations/revocable-cache.ts';
import type { Revocation } from '../../../server/platform/revocations/revocations.ts';
import { TestClock } from '../../kit/clock.ts';
import { loadedRing } from '../../kit/key-ring.ts';

const pair = await generateKeyPair('ES256', { extractable: true });

/** The tokens of a service with one key, its memory, and the bus that the test plays. */
async function aService() {
  const clock = new TestClock();
  const keys = new Map<string, SigningKey>();
  const publish = async (key: Partial<SigningKey> = {}) => {
    const publicJwk = await exportJWK(pair.publicKey);
    const publicKey = createPublicKey({ key: { ...publicJwk }, format: 'jwk' });
    const kid = randomUUID();
    const signsFrom = clock.now();
    const made = { kid, publicJwk, publicKey, privateKey: pair.privateKey, signsFrom };
    keys.set(key.kid ?? kid, { retiredAt: null, ...made, ...key });
  };
  await publish();
  const ring = await loadedRing(async () => [...keys.values()], clock);
  const hears: ((revocation: Revocation) => void)[] = [];
  const verified = new RevocableCache<VerifiedToken>({
    revocations: { onRevoked: (hear) => void hears.push(hear) },
    capacity: 100,
    subjectsOf,
    ofSubject: ['session', 'user'],
    voidedBy: 'keys',
  });
  const tokens = new AccessTokens(ring, clock, { issuer: 'x', lifetimeSeconds: 300, verified });
  const revoke = (kind: Revocation['kind'], subject: string) => {
    for (const hear of hears) hear({ kind, subject });
  };
  const sign = (who = { userId: randomUUID(), sessionId: randomUUID() }) =>
    tokens.sign({ ...who, authenticatedAt: clock.now(), methods: [], roles: [] });
  return { clock, keys, publish, ring, tokens, revoke, sign };
}

const refused = { code: 'unauthenticated' };

describe('a token that was verified', () => {
  it('is recalled without looking at its signature again', async () => {
    const { tokens, sign } = await aService();
    const who = { userId: randomUUID(), sessionId: randomUUID() };
    const token = await sign(who);
    expect(tokens.recall(token)).toBeUndefined();
    expect(await tokens.verify(token)).toMatchObject(who);
    expect(tokens.recall(token)).toMatchObject(who);
    expect(await tokens.verify(token)).toBe(tokens.recall(token));
  });

  it('is not recalled for another spelling of itself', async () => {
    const { tokens, sign } = await aService();
    const token = await sign();
    await tokens.verify(token);
    for (const other of [`${token} `, token.toUpperCase(), `${token}=`, token.slice(0, -1)]) {
      expect(tokens.recall(other)).toBeUndefined();
      await expect(tokens.verify(other)).rejects.toMatchObject(refused);
    }
  });

  it('is forgotten when it expires, as late as clocks may differ', async () => {
    const { tokens, sign, clock } = await aService();
    const token = await sign();
    await tokens.verify(token);
    clock.advance({ seconds: 329 });
    expect(tokens.recall(token)).toBeDefined();
    clock.advance({ seconds: 1 });
    expect(tokens.recall(token)).toBeUndefined();
    await expect(tokens.verify(token)).rejects.toMatchObject(refused);
  });

  it('is forgotten at the instant in which its key retires', async () => {
    const { tokens, sign, clock, keys, ring, publish } = await aService();
    const token = await sign();
    await tokens.verify(token);
    const [[kid, key] = []] = [...keys];
    await publish({ ...key, kid: `${kid}`, retiredAt: secondsAfter(clock.now(), 60) });
    await ring.reload();
    clock.advance({ seconds: 59 });
    expect(tokens.recall(token)).toBeDefined();
    clock.advance({ seconds: 1 });
    expect(tokens.recall(token)).toBeUndefined();
    await expect(tokens.verify(token)).rejects.toMatchObject(refused);
  });

  it('is forgotten when its key has left the ring', async () => {
    const { tokens, sign, keys, ring, publish } = await aService();
    const token = await sign();
    await tokens.verify(token);
    keys.clear();
    await publish();
    await ring.reload();
    expect(tokens.recall(token)).toBeUndefined();
    await expect(tokens.verify(token)).rejects.toMatchObject(refused);
  });

  it('is forgotten when its session or its account is revoked, or any key', async () => {
    const { tokens, sign, revoke } = await aService();
    for (const kind of ['session', 'user', 'keys'] as const) {
      const who = { userId: randomUUID(), sessionId: randomUUID() };
      const [token, other] = [await sign(who), await sign()];
      await tokens.verify(token);
      await tokens.verify(other);
      revoke(kind, kind === 'user' ? who.userId : who.sessionId);
      const left = [token, other].map((one) => tokens.recall(one) !== undefined);
      expect([kind, ...left]).toEqual([kind, false, kind !== 'keys']);
    }
  });
});

describe('a service without a memory', () => {
  it('verifies each time', async () => {
    const { ring, clock } = await aService();
    const tokens = new AccessTokens(ring, clock, { issuer: 'x', lifetimeSeconds: 300 });
    const who = { userId: randomUUID(), sessionId: randomUUID() };
    const token = await tokens.sign({
      ...who,
      authenticatedAt: clock.now(),
      methods: [],
      roles: [],
    });
    expect(await tokens.verify(token)).toMatchObject(who);
    expect(tokens.recall(token)).toBeUndefined();
  });
});
