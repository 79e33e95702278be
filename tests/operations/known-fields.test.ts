import { describe, expect, it } from 'vitest';
import { nearest } from '../../server/operations/known-fields.ts';

const known = ['fullName', 'email', 'city', 'score', 'isActive', 'id'];

describe('the known field that was probably meant', () => {
  it.each([
    ['emial', 'email'],
    ['fulName', 'fullName'],
    ['fulname', 'fullName'],
    ['scores', 'score'],
    ['citi', 'city'],
    ['isActvie', 'isActive'],
    ['di', 'id'],
  ])('%s: %s', (written, meant) => {
    expect(nearest(written, known)).toBe(meant);
  });

  it('of two letters swapped counts as one mistake, as any other', () => {
    // A third of four letters allows one mistake; as two replaced letters it would be too far away.
    expect(nearest('ctiy', ['city'])).toBe('city');
    expect(nearest('ctiz', ['city'])).toBeUndefined();
    expect(nearest('tciy', ['city'])).toBeUndefined();
  });

  it('is the nearest, and of those alike the first', () => {
    expect(nearest('scorr', ['score', 'scorer', 'scory'])).toBe('score');
    expect(nearest('scorer', ['score', 'scorer'])).toBe('scorer');
  });

  it.each(['unknown', 'x', '', 'a'.repeat(10_000)])('nothing for %.10s', (written) => {
    expect(nearest(written, known)).toBeUndefined();
  });
});
