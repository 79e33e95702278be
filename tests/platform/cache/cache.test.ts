import { describe, expect, it } from 'vitest';
import type { CacheOptions } from '../../../server/platform/cache/cache-options.ts';
import { Caches } from '../../../server/platform/cache/caches.ts';
import { problem } from '../../../server/platform/problem-error.ts';
import type { Revocation } from '../../../server/platform/revocations/revocations.ts';
import { TestClock } from '../../kit/clock.ts';

/** A cache before a source that the test plays: it answers how often it was asked. */
function aCache(options: Partial<CacheOptions<string>> = {}) {
  const clock = new TestClock();
  const hears: ((revocation: Revocation) => void)[] = [];
  const revocations = { onRevoked: (hear: (of: Revocation) => void) => void hears.push(hear) };
  const source = { asked: [] as string[], fault: undefined as Error | undefined };
  const caches = new Caches({ clock, revocations });
  const cache = caches.open<string>({
    name: 'tea',
    freshSeconds: 100,
    capacity: 1_000,
    voidedBy: 'tea',
    load: async (key) => {
      source.asked.push(key);
      const answer = `${key}${source.asked.length}`;
      await Promise.resolve();
      if (source.fault) throw source.fault;
      return answer;
    },
    ...options,
  });
  const revoke = (subject: string | null = null, kind = 'tea') => {
    for (const hear of hears) hear({ kind, subject });
  };
  const counts = () => {
    const [{ lookups, loads }] = [...caches.counts] as [ReturnType<typeof caches.countsOf>];
    return { ...lookups, ...loads };
  };
  return { cache, clock, source, revoke, counts };
}

const away = new Error('connect ECONNREFUSED');

describe('a value', () => {
  it('is loaded once for a hundred who ask at the same time', async () => {
    const { cache, source, counts } = aCache();
    const answers = await Promise.all(Array.from({ length: 100 }, () => cache.get('a')));
    expect(new Set(answers)).toEqual(new Set(['a1']));
    expect(source.asked).toEqual(['a']);
    expect(counts()).toMatchObject({ miss: 1, joined: 99, hit: 0, loaded: 1, failed: 0 });
  });

  it('is answered from memory until its time is over, and no longer', async () => {
    const { cache, clock, counts } = aCache();
    expect(await cache.get('a')).toBe('a1');
    clock.advance({ seconds: 89 });
    expect(await cache.get('a')).toBe('a1');
    clock.advance({ seconds: 11 });
    expect(await cache.get('a')).toBe('a2');
    expect(counts()).toMatchObject({ hit: 1, miss: 2 });
  });

  it('is good for no longer where the clock is set back', async () => {
    const { cache, clock } = aCache();
    await cache.get('a');
    clock.advance({ hours: -3 });
    expect(await cache.get('a')).toBe('a1');
    clock.advance({ seconds: 89 });
    expect(await cache.get('a')).toBe('a1');
    clock.advance({ seconds: -60 });
    expect(await cache.get('a')).toBe('a1');
    clock.advance({ seconds: 11 });
    expect(await cache.get('a')).toBe('a2');
  });

  it('may be one that is empty', async () => {
    let asked = 0;
    const { cache } = aCache({
      load: async () => {
        asked += 1;
        return undefined as unknown as string;
      },
    });
    expect([await cache.get('a'), await cache.get('a')]).toEqual([undefined, undefined]);
    expect(asked).toBe(1);
  });

  it('is asked for anew by who has a reason', async () => {
    const { cache } = aCache();
    await cache.get('a');
    expect([await cache.renew('a'), await cache.get('a')]).toEqual(['a2', 'a2']);
  });
});

it('does not ask for everything at once that was loaded at once', async () => {
  const { cache, clock, source } = aCache();
  const keys = Array.from({ length: 200 }, (_, at) => `k${at}-`);
  const all = () => Promise.all(keys.map((key) => cache.get(key)));
  await all();
  clock.advance({ seconds: 95 });
  await all();
  // Half of them, by chance: that it is none or all has a chance of 2 in 2^200.
  expect(source.asked.length).toBeGreaterThan(200);
  expect(source.asked.length).toBeLessThan(400);
});

it('keeps no more values than it may, those used last', async () => {
  const { cache, source } = aCache({ capacity: 2 });
  for (const key of ['a', 'b', 'a', 'c', 'a', 'b']) await cache.get(key);
  expect(source.asked).toEqual(['a', 'b', 'c', 'b']);
});

describe('a revocation', () => {
  it('drops the value of its subject, or all of them, and no other kind does', async () => {
    const { cache, source, revoke } = aCache();
    const both = () => Promise.all([cache.get('a'), cache.get('b')]);
    await both();
    revoke(null, 'coffee');
    revoke('a', 'coffee');
    await both();
    expect(source.asked).toEqual(['a', 'b']);
    revoke('b');
    await both();
    expect(source.asked).toEqual(['a', 'b', 'b']);
    revoke();
    await both();
    expect(source.asked).toEqual(['a', 'b', 'b', 'a', 'b']);
  });

  it.each([null, 'a'])('of %s holds also for what is being loaded', async (subject) => {
    const { cache, revoke } = aCache();
    const early = cache.get('a');
    revoke(subject);
    const late = cache.get('a');
    expect(await Promise.all([early, late])).toEqual(['a1', 'a2']);
    expect(await cache.get('a')).toBe('a2');
  });
});

describe('while the source fails', () => {
  it('who asks is told, and the next one tries again', async () => {
    const { cache, source, counts } = aCache();
    source.fault = away;
    const asked = await Promise.allSettled([cache.get('a'), cache.get('a')]);
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    source.fault = undefined;
    expect(await cache.get('a')).toBe('a2');
    expect(counts()).toMatchObject({ failed: 1, loaded: 1 });
  });

  it('what is old is answered where that is allowed, for so long and no longer', async () => {
    const { cache, clock, source, counts } = aCache({ staleSeconds: 50 });
    await cache.get('a');
    clock.advance({ seconds: 100 });
    source.fault = away;
    expect(await cache.get('a')).toBe('a1');
    expect(await cache.get('a')).toBe('a1');
    // Not asked with every lookup.
    expect(source.asked).toHaveLength(2);
    clock.advance({ seconds: 2 });
    expect(await cache.get('a')).toBe('a1');
    expect(source.asked).toHaveLength(3);
    expect(counts()).toMatchObject({ stale: 3, loaded: 1, failed: 2 });
    clock.advance({ seconds: 48 });
    await expect(cache.get('a')).rejects.toBe(away);
    source.fault = undefined;
    expect(await cache.get('a')).toBe('a5');
  });

  it('nothing old is answered where nothing was allowed', async () => {
    const { cache, clock, source } = aCache();
    await cache.get('a');
    clock.advance({ seconds: 100 });
    source.fault = away;
    await expect(cache.get('a')).rejects.toBe(away);
  });

  it('what was revoked is not answered', async () => {
    const { cache, clock, source, revoke } = aCache({ staleSeconds: 50 });
    await cache.get('a');
    clock.advance({ seconds: 100 });
    source.fault = away;
    const early = cache.get('a');
    revoke('a');
    await expect(early).rejects.toBe(away);
    await expect(cache.get('a')).rejects.toBe(away);
  });

  it('that there is no such thing is no failure', async () => {
    const { cache, clock, source, counts } = aCache({ staleSeconds: 50 });
    await cache.get('a');
    clock.advance({ seconds: 100 });
    source.fault = problem('not_found');
    await expect(cache.get('a')).rejects.toBe(source.fault);
    expect(counts()).toMatchObject({ failed: 0 });
  });
});
