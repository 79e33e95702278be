import { beforeEach, describe, expect, it } from 'vitest';
import {
  ensureSigningKey,
  readSigningKeys,
  rotateSigningKey,
} from '../../../server/features/signing-keys/model.ts';
import { inTransaction, type UnitOfWork } from '../../../server/platform/db/transaction.ts';
import { SecretKeys } from '../../../server/platform/secrets/secret-keys.ts';
import { TestClock } from '../../kit/clock.ts';
import { testSecrets } from '../../kit/cluster.ts';
import { useConnection } from '../../kit/database.ts';
import { eventually } from '../../kit/eventually.ts';
import { loadedRing } from '../../kit/key-ring.ts';

const db = useConnection();
const clock = new TestClock();
const secrets = new SecretKeys(testSecrets);
const inChange = <Result>(work: (tx: UnitOfWork) => Promise<Result>, now = clock.now()) =>
  inTransaction(db(), { now: () => now }, work);
const ensure = () => inChange((tx) => ensureSigningKey(tx, secrets));
const load = (keys = secrets) => loadedRing(() => readSigningKeys(db(), keys, clock.now()), clock);

beforeEach(async () => {
  await db()('signing_keys').delete();
});

describe('the signing key', () => {
  it('is made once, whoever asks and how often', async () => {
    expect(await ensure()).toBeDefined();
    expect(await ensure()).toBeUndefined();
    expect((await load()).publicKeys()).toHaveLength(1);
  });

  it('is made once by many at the same time', async () => {
    const made = await Promise.all([ensure(), ensure(), ensure()]);
    expect(made.filter((id) => id)).toHaveLength(1);
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

  it('signs with the key of the last rotation, whatever the clocks of the two said', async () => {
    await ensure();
    const rotateAt = (seconds: number) =>
      inChange(
        (tx) => rotateSigningKey(tx, secrets, { publishSeconds: 1, tokenLifeSeconds: 60 }),
        new Date(clock.now().getTime() + seconds * 1000),
      );
    await rotateAt(5);
    const last = await rotateAt(4);
    clock.advance({ minutes: 1 });
    expect((await load()).getSigning().kid).toBe(last.kid);
  });

  it('signs with the oldest key where a clock that was set back lets none sign', async () => {
    await ensure();
    const { kid } = (await load()).getSigning();
    await inChange((tx) =>
      rotateSigningKey(tx, secrets, { publishSeconds: 600, tokenLifeSeconds: 60 }),
    );
    const ring = await load();
    clock.advance({ hours: -1 });
    expect(ring.getSigning().kid).toBe(kid);
    clock.advance({ hours: 1 });
    expect(ring.getSigning().kid).toBe(kid);
  });

  it('knows no retired key', async () => {
    await ensure();
    await db()('signing_keys').update({ retiredAt: clock.now() });
    const ring = await load();
    expect(ring.publicKeys()).toEqual([]);
    expect(() => ring.getSigning()).toThrow('charter -- keys create');
  });
});

describe('a rotation', () => {
  const rotate = (publishSeconds: number) =>
    inChange((tx) => rotateSigningKey(tx, secrets, { publishSeconds, tokenLifeSeconds: 330 }));

  it('publishes at once, signs later, and retires the old key after its last token', async () => {
    await ensure();
    const old = (await load()).getSigning().kid;
    const { kid } = await rotate(600);
    const ring = await load();
    expect([ring.find(kid)?.kid, ring.getSigning().kid]).toEqual([kid, old]);
    clock.advance({ seconds: 600 });
    expect([ring.find(old)?.kid, ring.getSigning().kid]).toEqual([old, kid]);
    clock.advance({ seconds: 330 });
    expect([ring.find(old), ring.publicKeys().length]).toEqual([undefined, 1]);
  });

  it('that overtakes another leaves no key to sign beyond its retirement', async () => {
    await ensure();
    const slow = await rotate(600);
    const quick = await rotate(400);
    const ring = await load();
    clock.advance({ seconds: 601 });
    expect(ring.find(slow.kid)).toBeDefined();
    expect(ring.getSigning().kid).toBe(quick.kid);
  });

  it('takes turns with another at the same time', async () => {
    await ensure();
    await Promise.all([rotate(0), rotate(0)]);
    const open = await db()('signing_keys').whereNull('retiredAt');
    expect(open).toHaveLength(1);
    expect((await load()).getSigning().kid).toBe(open[0].id);
  });
});

describe('a ring that is read again', () => {
  it('ends with the last answer, in whatever order they come', async () => {
    await ensure();
    const keys = await readSigningKeys(db(), secrets, clock.now());
    const answers = [Promise.resolve(keys), Promise.withResolvers<typeof keys>()] as const;
    const waiting = [answers[0], answers[1].promise, Promise.resolve(keys)];
    const ring = await loadedRing(() => waiting.shift() ?? Promise.resolve([]), clock);
    const reloads = [ring.reload(), ring.reload()];
    answers[1].resolve([]);
    await Promise.all(reloads);
    expect(ring.publicKeys()).toHaveLength(1);
  });

  it('goes on after a reading that failed, and makes up for it at the next use', async () => {
    await ensure();
    let reading = 0;
    const ring = await loadedRing(async () => {
      reading += 1;
      if (reading === 2) throw new Error('no database');
      return readSigningKeys(db(), secrets, clock.now());
    }, clock);
    await expect(ring.reload()).rejects.toThrow('no database');
    expect(reading).toBe(2);
    expect(ring.publicKeys()).toHaveLength(1);
    await eventually(() => expect(reading).toBe(3));
  });
});
