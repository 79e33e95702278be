import { describe, expect, it } from 'vitest';
import { draw, seedOf } from '../../contract/document/sample/draw.ts';
import { sampleOf } from '../../contract/document/sample/sample.ts';
import { textLike } from '../../contract/document/sample/text-like.ts';
import { document, faultOf, pointed } from '../kit/document.ts';

const { schemas } = document.components;
const seeds = Array.from({ length: 20 }, (_, at) => seedOf(1, at));

const user = { $ref: '#/components/schemas/User' };

describe('what is made', () => {
  it('is the example, where there is one and no seed', () => {
    const { examples } = pointed(user) as { examples?: unknown[] };
    expect([sampleOf(user, { schemas })]).toEqual(examples);
  });

  it('is the same for the same seed, and another for another', () => {
    const made = seeds.map((seed) => JSON.stringify(sampleOf(user, { schemas, seed })));
    expect(seeds.map((seed) => JSON.stringify(sampleOf(user, { schemas, seed })))).toEqual(made);
    expect(new Set(made).size).toBe(seeds.length);
  });

  it('is somebody, whose names belong together and whose years are in order', () => {
    const { username, email } = sampleOf(user, { schemas, seed: 7 }) as Record<string, string>;
    expect(email).toBe(`${username}@example.com`);
    const session = { $ref: '#/components/schemas/Session' };
    for (const seed of seeds) {
      const { createdAt = '', expiresAt = '' } = sampleOf(session, { schemas, seed }) as never;
      expect(Date.parse(expiresAt)).toBeGreaterThan(Date.parse(createdAt));
    }
  });

  it('is like what is known already, but for what breaks the schema', () => {
    const like = { username: 'grace', email: 'no address', isActive: 'yes', locale: null };
    const made = sampleOf(user, { schemas, seed: 3, like });
    expect(made).toMatchObject({ username: 'grace', isActive: expect.any(Boolean), locale: null });
    expect(faultOf(user, made)).toBeUndefined();
  });

  it('is the member of a union that is known by its value', () => {
    const union = { $ref: '#/components/schemas/UserView' };
    const made = sampleOf(union, { schemas, seed: 3, like: { view: 'summary' } });
    expect(made).toMatchObject({ view: 'summary' });
    expect(made).not.toHaveProperty('email');
  });

  it('does not depend on what stands beside it', () => {
    const schema = { type: 'object', required: ['a'], properties: { a: { type: 'integer' } } };
    const wider = { ...schema, properties: { b: { type: 'integer' }, ...schema.properties } };
    const [one, other] = [schema, wider].map((it) => sampleOf(it, { schemas, seed: 9 }));
    expect(one).toEqual(other);
  });
});

describe('a text for a regular expression', () => {
  it.each([
    '^[A-Za-z0-9_-]{43}$',
    '^sha-256=:[A-Za-z0-9+/]{43}=:$',
    '^(?:ab|cd)+x?[^a-y]{2,3}\\.\\d$',
    '^max-age=\\d{1,8}; includeSubDomains$',
    '^[^\\x00-\\x1F\\x7F-\\x9F]*[^\\s\\x00-\\x1F]$',
    '^(a|b(c|d))*[-.\\]]$',
  ])('%s is one', (pattern) => {
    const texts = seeds.map((seed) => textLike(pattern, seed, { min: 1, max: 30 }));
    for (const text of texts) expect(text).toMatch(new RegExp(pattern));
    expect(new Set(texts).size).toBeGreaterThan(1);
  });

  it.each(['^(?=a)a', '(?<!b)a', '(a)\\1', '[', '(a', 'a)'])(
    '%s is refused, with what to do',
    (pattern) => {
      expect(() => textLike(pattern, 1, { min: 0, max: 9 })).toThrow(/give the schema an example/);
    },
  );
});

it('draws evenly enough', () => {
  const drawn = Array.from({ length: 6000 }, (_, at) => draw(seedOf(1, at), 6));
  for (const side of [0, 1, 2, 3, 4, 5]) {
    expect(drawn.filter((one) => one === side).length).toBeGreaterThan(850);
  }
});
