import { beforeEach, describe, expect, it } from 'vitest';
import { KeyRing } from '../../../server/platform/auth/key-ring.ts';
import { ensureSigningKey, readSigningKeys } from '../../../server/platform/auth/signing-keys.ts';
import { SecretKeys } from '../../../server/platform/secrets/secret-keys.ts';
import { TestClock } from '../../kit/clock.ts';
import { testSecrets } from '../../kit/cluster.ts';
import { useConnection } from '../../kit/database.ts';

const db = useConnection();
const clock = new TestClock();
const secrets = new SecretKeys(testSecrets);
const ensure = () => ensureSigningKey(db(), secrets, clock);
const load = (keys = secrets) =>
  KeyRing.load(() => readSigningKeys(db(), keys, clock.now()), clock);

beforeEach(async () => {
  await db()('signing_keys').delete();
});

describe('the signing key', () => {
  it('is made once, whoever asks and how often', async () => {
    expect(await ensure()).toBe(true);
    expect(await ensure()).toBe(false);
    expect((await load()).publicKeys()).toHaveLength(1);
  });

  it('is made once by many at the same time', async () => {
    const made = await Promise.all([ensure(), ensure(), ensure()]);
    expect(made.filter((isMade) => isMade)).toHaveLength(1);
    expect((await load()).publicKeys()).toHaveLength(1);
  });

  it('is sealed in the database', async () => {
    await ensure();
    const { publicJwk, privateJwkSealed } = await db()('signing_keys').first();
    expect(publicJwk).not.toHaveProperty('d');
    expect(privateJwkSealed).toMatch(/^[\w-]{8}(\.[\w-]+){3}$/);
  });

  it('does not open without its secret', async () => {
    await ensure();
    const others = new SecretKeys(['another secret of at least 32 characters']);
    await expect(load(others)).rejects.toThrow('no longer in SECRET_KEYS');
  });

  it('does not open in the row of another key', async () => {
    await ensure();
    await db()('signing_keys').update({ id: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11' });
    await expect(load()).rejects.toThrow();
  });
});

describe('the ring', () => {
  it('signs with the newest key whose time has come', async () => {
    await ensure();
    const today = (await load()).getSigning();
    await db()('signing_keys').update({ retiredAt: clock.now() });
    await ensure();
    await db()('signing_keys').where({ id: today.kid }).update({ retiredAt: null });
    const tomorrow = new Date(clock.now().getTime() + 60_000);
    await db()('signing_keys').whereNot({ id: today.kid }).update({ signsFrom: tomorrow });
    const ring = await load();
    expect(ring.publicKeys()).toHaveLength(2);
    expect(ring.getSigning().kid).toBe(today.kid);
    clock.advance({ minutes: 2 });
    expect(ring.getSigning().kid).not.toBe(today.kid);
  });

  it('knows no retired key', async () => {
    await ensure();
    await db()('signing_keys').update({ retiredAt: clock.now() });
    const ring = await load();
    expect(ring.publicKeys()).toEqual([]);
    expect(() => ring.getSigning()).toThrow('charter -- seed');
  });
});
