import { describe, expect, it } from 'vitest';
import { Positions } from '../../../server/platform/db/replica/positions.ts';
import {
  isConflict,
  isGone,
  ReplicaUnused,
  tooOld,
  unreached,
} from '../../../server/platform/db/replica/trouble.ts';
import { problem } from '../../../server/platform/problem-error.ts';

describe('how old a replica is', () => {
  /** The primary wrote a hundred bytes each second, and is asked in each. */
  function asked(seconds: number): Positions {
    const positions = new Positions();
    for (let at = 0; at <= seconds; at += 1) positions.note(at * 1_000, BigInt(at * 100));
    return positions;
  }

  it.each<[string, bigint, number]>([
    ['it has everything', 1_000n, 0],
    ['it lacks a byte of the last second', 999n, 1_000],
    ['it lacks three seconds', 700n, 3_000],
    ['it is older than anything that is known', -1n, 10_000],
  ])('is told by what the primary had: %s', (_, position, lagMs) => {
    expect(asked(10).lagMs(position)).toBe(lagMs);
  });

  it('does not grow on a primary where nothing happens', () => {
    const positions = asked(10);
    for (let at = 11; at < 100; at += 1) positions.note(at * 1_000, 1_000n);
    expect(positions.lagMs(1_000n)).toBe(0);
  });

  it('is not known before the primary was asked, nor when it was asked too long ago', () => {
    const none = new Positions();
    expect([none.lagMs(5n), none.requiredSince(0)]).toEqual([undefined, undefined]);
    expect(asked(10).requiredSince(10_001)).toBeUndefined();
  });

  it('is bounded by what the primary had at the beginning of the bound', () => {
    expect(asked(10).requiredSince(7_000)).toBe(700n);
    expect(asked(10).requiredSince(7_001)).toBe(800n);
    expect(asked(10).requiredSince(-5)).toBe(0n);
  });

  it('of another log is not known any more', () => {
    const positions = asked(10);
    positions.clear();
    expect(positions.lagMs(1_000n)).toBeUndefined();
    positions.note(1, 1n);
    expect(positions.isOne).toBe(true);
  });

  it('is remembered for an hour', () => {
    const positions = asked(8_000);
    expect(positions.lagMs(0n)).toBe(7_199_000);
  });
});

describe('what a read met', () => {
  const coded = (code: string, message = 'x') => Object.assign(new Error(message), { code });

  it.each<[string, unknown, boolean, boolean]>([
    ['the server stops', coded('57P01'), true, false],
    ['nobody listens', coded('ECONNREFUSED'), true, false],
    ['a statement without an answer', new Error('select 1 - Query read timeout'), false, false],
    ['a statement that took too long', coded('57014'), false, false],
    ['too many connections', coded('53300'), false, false],
    [
      'a pool that is used up',
      Object.assign(new Error(), { name: 'KnexTimeoutError' }),
      false,
      false,
    ],
    ['what it read was taken back', coded('40001'), false, true],
    [
      'its connection was taken back',
      coded('57P01', 'terminating connection due to conflict with recovery'),
      false,
      true,
    ],
    ['a refusal', problem('not_found'), false, false],
    ['given up', new ReplicaUnused(tooOld), false, false],
    ['a mistake of ours', new TypeError('x is not a function'), false, false],
  ])('tells whether the replica is gone: %s', (_, error, gone, conflict) => {
    expect([isGone(error), isConflict(error)]).toEqual([gone, conflict]);
  });

  it('is said without the statement', () => {
    const { why } = unreached(new Error('select 1 - Connection terminated unexpectedly'));
    expect(why).toBe('Connection terminated unexpectedly');
    expect(unreached(coded('ECONNREFUSED', '')).why).toBe('ECONNREFUSED');
    expect(unreached(Object.assign(new Error(''), {})).why).toBe('it does not answer');
  });
});
