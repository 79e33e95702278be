import { describe, expect, it } from 'vitest';
import { RevocableCache } from '../../../server/platform/revocations/revocable-cache.ts';
import type { Revocation } from '../../../server/platform/revocations/revocations.ts';

/** A cache of sessions, and the bus that the test plays. */
function aCache(voidedBy: 'roles' | 'keys' = 'roles', capacity = 100) {
  const hears: ((revocation: Revocation) => void)[] = [];
  const revocations = { onRevoked: (hear: (revocation: Revocation) => void) => hears.push(hear) };
  const cache = new RevocableCache<{ sessionId: string; userId: string }>({
    revocations: revocations as never,
    capacity,
    subjectsOf: ({ sessionId, userId }) => [sessionId, userId],
    ofSubject: ['session', 'user'],
    voidedBy,
  });
  const revoke = (kind: Revocation['kind'], subject: string | null = null) => {
    for (const hear of hears) hear({ kind, subject });
  };
  // Ada by two sessions, one of them remembered under two keys; Bob by one.
  cache.set('a', { sessionId: 's1', userId: 'ada' });
  cache.set('b', { sessionId: 's1', userId: 'ada' });
  cache.set('c', { sessionId: 's2', userId: 'ada' });
  cache.set('d', { sessionId: 's3', userId: 'bob' });
  const left = () => ['a', 'b', 'c', 'd'].filter((key) => cache.get(key)).join('');
  return { cache, revoke, left };
}

describe('a revocation', () => {
  it.each([
    ['session', 's1', 'cd'],
    ['session', 's3', 'abc'],
    ['session', 'unknown', 'abcd'],
    ['user', 'ada', 'd'],
    ['user', null, 'abcd'],
    ['roles', null, ''],
    ['keys', 'k1', 'abcd'],
  ] as const)('of kind %s, subject %s, leaves %j', (kind, subject, expected) => {
    const { revoke, left } = aCache();
    revoke(kind, subject);
    expect(left()).toBe(expected);
  });

  it.each([
    ['keys', ''],
    ['roles', 'abcd'],
  ] as const)('of kind %s leaves %j of what keys void', (kind, expected) => {
    const { revoke, left } = aCache('keys');
    revoke(kind);
    expect(left()).toBe(expected);
  });

  it('finds what was put in the place of something else', () => {
    const { cache, revoke, left } = aCache();
    cache.set('a', { sessionId: 's3', userId: 'bob' });
    cache.set('d', { sessionId: 's1', userId: 'ada' });
    revoke('session', 's1');
    expect(left()).toBe('ac');
    revoke('user', 'bob');
    expect(left()).toBe('c');
  });
});

describe('what is dropped', () => {
  it('leaves nothing behind, however it goes', () => {
    const { cache, revoke } = aCache('roles', 4);
    expect(cache.subjectCount).toBe(5);
    cache.set('e', { sessionId: 's4', userId: 'eve' });
    expect([cache.get('a'), cache.subjectCount]).toEqual([undefined, 7]);
    cache.delete('e');
    revoke('user', 'ada');
    expect(cache.subjectCount).toBe(2);
    revoke('roles');
    expect(cache.subjectCount).toBe(0);
  });
});
