import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Callers } from '../../../server/features/sessions/callers.ts';
import type { FoundCaller } from '../../../server/features/sessions/find-caller.ts';
import type { Actor } from '../../../server/platform/auth/actor.ts';
import { newCounts } from '../../../server/platform/cache/counts.ts';
import { secondsAfter } from '../../../server/platform/clock.ts';
import type { Revocation } from '../../../server/platform/revocations/revocations.ts';
import { TestClock } from '../../kit/clock.ts';

const remembered = { exact: false };
const exact = { exact: true };

/** The cache with a database and a bus that the test plays. */
function aCache({ capacity = 100 } = {}) {
  const clock = new TestClock();
  const hears: ((revocation: Revocation) => void)[] = [];
  const world = {
    reads: 0,
    counts: newCounts('callers'),
    isAway: false,
    isGone: false,
    ageMs: 0,
    sequence: 0,
    denied: new Set<string>(),
    // While a caller is being read.
    meanwhile: () => {},
    behind: {} as { impersonatorId?: string; impersonatorSessionId?: string },
  };
  const read = async (id: string): Promise<FoundCaller | undefined> => {
    world.reads += 1;
    world.meanwhile();
    if (world.isAway) throw Object.assign(new Error('connect'), { code: 'ECONNREFUSED' });
    if (world.isGone) return undefined;
    const [now, userId] = [clock.now(), `of-${id}`];
    const ends = { idleExpiresAt: secondsAfter(now, 86_400), expiresAt: secondsAfter(now, 90_000) };
    const times = { authenticatedAt: now, lastSeenAt: now, revokedAt: null, ...ends };
    const { impersonatorId = null, impersonatorSessionId = null } = world.behind;
    const behind = { impersonatorId, impersonatorSessionId };
    const session = { id, userId, kind: 'tokens' as const, ...times, ...behind };
    return { session, actor: { id: userId } as Actor };
  };
  const revocations = {
    get ageMs() {
      return world.ageMs;
    },
    get sequence() {
      return world.sequence;
    },
    onRevoked: (listener: (revocation: Revocation) => void) => void hears.push(listener),
  };
  const callers = new Callers({
    reader: { findByToken: read, findByCookie: read },
    ended: { has: (id: string) => world.denied.has(id) },
    revocations,
    clock,
    capacity,
    counts: world.counts,
  });
  const revoke = (kind: Revocation['kind'], subject: string | null) => {
    world.sequence += 1;
    for (const hear of hears) hear({ kind, subject });
  };
  return Object.assign(world, { callers, clock, revoke });
}

const ids = () => [randomUUID(), randomUUID(), randomUUID()] as const;

describe('a caller', () => {
  it('is read once and remembered, for a minute', async () => {
    const cache = aCache();
    const [id] = ids();
    for (let call = 0; call < 3; call += 1) await cache.callers.byToken(id, remembered);
    expect(cache.reads).toBe(1);
    cache.clock.advance({ seconds: 60 });
    expect(await cache.callers.byToken(id, remembered)).toMatchObject({ id: `of-${id}` });
    expect(cache.reads).toBe(2);
  });

  it('is read once for a hundred calls at the same time, unless something is revoked meanwhile', async () => {
    const cache = aCache();
    const [id] = ids();
    const ask = () => cache.callers.byToken(id, remembered);
    await Promise.all(Array.from({ length: 100 }, ask));
    expect(cache.reads).toBe(1);
    expect(cache.counts.lookups).toMatchObject({ miss: 1, joined: 99, hit: 0 });
    cache.clock.advance({ seconds: 60 });
    const early = ask();
    cache.revoke('user', `of-${id}`);
    await Promise.all([early, ask(), ask(), cache.callers.byToken(id, exact)]);
    expect(cache.reads).toBe(4);
  });

  it('is read each time where the answer must be exact', async () => {
    const cache = aCache();
    const [id] = ids();
    await cache.callers.byToken(id, exact);
    await cache.callers.byToken(id, exact);
    expect(cache.reads).toBe(2);
  });

  it('is not remembered when something was revoked while it was read', async () => {
    const cache = aCache();
    const [id] = ids();
    cache.meanwhile = () => cache.revoke('user', `of-${id}`);
    await cache.callers.byToken(id, remembered);
    cache.meanwhile = () => {};
    await cache.callers.byToken(id, remembered);
    expect(cache.reads).toBe(2);
  });

  it('is forgotten when an exact look finds nobody, before any news', async () => {
    const cache = aCache();
    const [id] = ids();
    await cache.callers.byToken(id, remembered);
    cache.isGone = true;
    expect(await cache.callers.byToken(id, exact)).toBeUndefined();
    await cache.callers.byToken(id, remembered);
    expect(cache.reads).toBe(3);
  });

  it('is refused unread while the session is denied', async () => {
    const cache = aCache();
    const [id] = ids();
    await cache.callers.byToken(id, remembered);
    cache.denied.add(id);
    expect(await cache.callers.byToken(id, remembered)).toBeUndefined();
    expect(cache.reads).toBe(1);
  });

  it('makes room for others when there are too many', async () => {
    const cache = aCache({ capacity: 2 });
    const [first, ...others] = ids();
    for (const id of [first, ...others, first]) await cache.callers.byToken(id, remembered);
    expect(cache.reads).toBe(4);
  });
});

describe('memory', () => {
  async function known() {
    const cache = aCache();
    const [id] = ids();
    const ask = async () => {
      const before = cache.reads;
      await cache.callers.byToken(id, remembered);
      const byToken = cache.reads - before;
      await cache.callers.byCookie(id, remembered);
      return { byToken, byCookie: cache.reads - before - byToken };
    };
    await ask();
    return { cache, ask };
  }

  it('answers for a minute', async () => {
    const { cache, ask } = await known();
    cache.clock.advance({ seconds: 59 });
    expect(await ask()).toEqual({ byToken: 0, byCookie: 0 });
    cache.clock.advance({ seconds: 1 });
    expect(await ask()).toEqual({ byToken: 1, byCookie: 1 });
  });

  it('answers for a minute where the clock is set back by hours, and no longer', async () => {
    const { cache, ask } = await known();
    cache.clock.advance({ hours: -5 });
    expect(await ask()).toEqual({ byToken: 0, byCookie: 0 });
    cache.clock.advance({ seconds: 60 });
    expect(await ask()).toEqual({ byToken: 1, byCookie: 1 });
  });

  it('answers no cookie without news', async () => {
    const { cache, ask } = await known();
    cache.ageMs = 10_000;
    expect(await ask()).toEqual({ byToken: 0, byCookie: 1 });
  });
});

describe('a revocation', () => {
  it.each([
    ['session', (id: string) => id, [true, false]],
    ['user', (id: string) => `of-${id}`, [true, false]],
    ['roles', () => null, [true, true]],
    ['keys', () => randomUUID(), [false, false]],
  ] as const)('of kind %s drops whom it concerns', async (kind, subject, dropped) => {
    const cache = aCache();
    const [one, other] = ids();
    for (const id of [one, other]) await cache.callers.byToken(id, remembered);
    cache.revoke(kind, subject(one));
    const isReadAgain: boolean[] = [];
    for (const id of [one, other]) {
      const before = cache.reads;
      await cache.callers.byToken(id, remembered);
      isReadAgain.push(cache.reads > before);
    }
    expect(isReadAgain).toEqual(dropped);
  });
});

describe('while the database is away', () => {
  async function away(ageMs: number) {
    const cache = aCache();
    const [id] = ids();
    await cache.callers.byToken(id, remembered);
    await cache.callers.byCookie(id, remembered);
    cache.clock.advance({ seconds: 61 });
    return Object.assign(cache, { isAway: true, ageMs, id });
  }

  it('a token that is known goes on, until it expires', async () => {
    const { callers, id } = await away(1_000_000);
    expect(await callers.byToken(id, remembered)).toMatchObject({ id: `of-${id}` });
  });

  it('a cookie that is known goes on for ten seconds', async () => {
    const soon = await away(9_999);
    expect(await soon.callers.byCookie(soon.id, remembered)).toBeDefined();
    const late = await away(10_000);
    await expect(late.callers.byCookie(late.id, remembered)).rejects.toThrow('connect');
  });

  it('nobody is let in who was revoked while the database was waited for', async () => {
    const cache = await away(0);
    cache.meanwhile = () => cache.revoke('session', cache.id);
    await expect(cache.callers.byToken(cache.id, remembered)).rejects.toThrow('connect');
    await expect(cache.callers.byCookie(cache.id, remembered)).rejects.toThrow('connect');
  });

  it('nobody is let in where the answer must be exact, nor anybody new', async () => {
    const { callers, id } = await away(0);
    await expect(callers.byToken(id, exact)).rejects.toThrow('connect');
    await expect(callers.byToken(randomUUID(), remembered)).rejects.toThrow('connect');
  });
});
