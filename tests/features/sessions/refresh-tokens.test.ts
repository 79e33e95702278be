import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  readRefreshToken,
  refreshTokenOf,
} from '../../../server/features/sessions/refresh-tokens.ts';
import { SecretKeys } from '../../../server/platform/secrets/secret-keys.ts';

const older = new SecretKeys(['the older secret of at least 32 characters']);
const keys = new SecretKeys(['the newer secret of at least 32 characters']);
const claim = { sessionId: randomUUID(), generation: 7 };
const token = refreshTokenOf(claim, keys);
const [id = '', generation = '', signature = ''] = token.split('.');

describe('a refresh token', () => {
  it('says which session and which turn it is for', () => {
    expect(readRefreshToken(token, keys)).toEqual(claim);
  });

  it('is the same for all who derive it', () => {
    expect(refreshTokenOf(claim, keys)).toBe(token);
  });

  it('is another one for each turn', () => {
    expect(refreshTokenOf({ ...claim, generation: 8 }, keys)).not.toBe(token);
  });

  it('is refused when it was signed by a secret that we do not hold', () => {
    expect(readRefreshToken(refreshTokenOf(claim, older), keys)).toBeUndefined();
  });

  it.each([
    ['another turn', `${id}.8.${signature}`],
    ['the turn written differently', `${id}.07.${signature}`],
    ['another session', `${'A'.repeat(22)}.${generation}.${signature}`],
    ['another signature', `${id}.${generation}.${signature.slice(0, -2)}AA`],
    ['no signature', `${id}.${generation}.`],
    ['a part too few', `${id}.${generation}`],
    ['a part too many', `${token}.x`],
    ['nothing', ''],
    ['dots', '..'],
    ['rubbish', 'a.b.c'],
  ])('is refused with %s', (_what, changed) => {
    expect(readRefreshToken(changed, keys)).toBeUndefined();
  });
});
