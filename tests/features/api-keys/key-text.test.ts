import { randomUUIDv7 } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { isKey, makeKey, readKey } from '../../../server/features/api-keys/key-text.ts';
import { readRepository } from '../../kit/observability-files.ts';

/** As docs/identity/keys.md tells it to secret scanners. */
const published = /charter_[0-9a-f]{32}_[0-9A-Za-z]{49}/;

describe('the text of a key', () => {
  it('holds its id, and is found by the published expression', () => {
    const id = randomUUIDv7();
    const key = makeKey(id);
    expect(readKey(key)).toBe(id);
    expect(published.exec(`API_KEY="${key}"`)?.[0]).toBe(key);
    expect([isKey(key), isKey('eyJhbGciOiJFUzI1NiJ9.e30.e30')]).toEqual([true, false]);
  });

  it('is none in the document: what stands there as an example is nobody’s', () => {
    const examples = readRepository('docs/openapi.json').match(new RegExp(published, 'g')) ?? [];
    expect(examples).not.toEqual([]);
    expect(examples.filter(readKey)).toEqual([]);
  });

  it('is another one each time', () => {
    const id = randomUUIDv7();
    expect(makeKey(id)).not.toBe(makeKey(id));
  });

  it('is no key any more with one character changed, left out or added', () => {
    const key = makeKey(randomUUIDv7());
    const changed = key.split('').map((letter, at) => {
      const other = letter === 'a' ? 'b' : 'a';
      return key.slice(0, at) + other + key.slice(at + 1);
    });
    const cut = key.split('').map((_, at) => key.slice(0, at) + key.slice(at + 1));
    expect([...changed, ...cut, `${key}0`, ` ${key}`].filter(readKey)).toEqual([]);
  });
});
