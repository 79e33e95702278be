import { describe, expect, it } from 'vitest';
import { compareDocuments } from '../../../contract/document/diff/compare.ts';
import { rules } from '../../../contract/document/diff/rules.ts';
import { UnreadableDocument } from '../../../contract/document/diff/source.ts';
import { compareSchemas } from '../../../contract/document/graphql/changes.ts';
import type { Json } from '../../../contract/kit/json.ts';
import { answers, fields, type Pair, ref, shared, takes } from './documents.ts';
import { addressPairs } from './pairs/addresses.ts';
import { alikePairs } from './pairs/alike.ts';
import { answerPairs } from './pairs/answers.ts';
import { discriminatorPairs } from './pairs/discriminators.ts';
import { graphqlPairs } from './pairs/graphql.ts';
import { inputPairs } from './pairs/inputs.ts';
import { breaking, safe } from './pairs/known.ts';
import { markPairs } from './pairs/marks.ts';
import { operationPairs } from './pairs/operations.ts';
import { parameterPairs } from './pairs/parameters.ts';

const pairs: readonly Pair[] = [
  ...inputPairs,
  ...answerPairs,
  ...operationPairs,
  ...parameterPairs,
  ...markPairs,
  ...addressPairs,
  ...discriminatorPairs,
  ...alikePairs,
];

const found = (before: Json, after: Json) =>
  compareDocuments(before, after, '2026-12-31').map(({ rule, at }) => `${rule} at ${at}`);

const cases = pairs.map(([says, before, after, ...expected]) => ({
  says,
  before,
  after,
  expected,
}));

it.each(cases)('$says', ({ before, after, expected }) => {
  expect(found(before, after).sort()).toEqual(expected.sort());
  // Nothing changed where nothing changed, whatever it looks like.
  expect(found(after, after)).toEqual([]);
});

describe('GraphQL', () => {
  const sdl = graphqlPairs.map(([says, before, after, ...expected]) => {
    return { says, before, after, expected };
  });
  it.each(sdl)('$says', ({ before, after, expected }) => {
    const rulesAt = compareSchemas(before, after).map(({ rule, at }) => `${rule} at ${at}`);
    expect(rulesAt.sort()).toEqual(expected.sort());
  });

  it('says what it cannot read', () => {
    expect(() => compareSchemas('type {', 'type Query { a: Int }')).toThrow(UnreadableDocument);
  });
});

it.each([
  ['a reference to an anchor', answers({ $ref: '#User' }), 'refers to an anchor'],
  ['a reference to another file', answers({ $ref: 'user.json' }), 'refers to another file'],
  ['a reference to nothing', answers(ref('Nobody')), 'refers to nothing'],
  ['a reference to itself', answers(ref('A'), shared({ A: ref('A') })), 'refers to itself'],
  ['a part that holds itself', answers(holdingItself()), 'holds itself by an alias'],
  ['a document of Swagger', { swagger: '2.0' }, 'convert it first'],
])('%s is refused, and says what to do', (_says, odd, message) => {
  const compare = () => compareDocuments(odd, { ...odd, info: {} });
  expect(compare).toThrow(UnreadableDocument);
  expect(compare).toThrow(message);
});

function holdingItself(): Json {
  const properties: Record<string, unknown> = {};
  const whole = { type: 'object', properties };
  properties['me'] = whole;
  return whole;
}

it('compares once what is reached by many ways', () => {
  const names = Array.from({ length: 30 }, (_, at) => `S${at}`);
  const wrapped = (name: string) => ({ allOf: [ref(name)], nullable: true, description: name });
  const links = () => Object.fromEntries(names.map((name) => [name, wrapped(name)]));
  const all = (id: Json) =>
    Object.fromEntries(names.map((name) => [name, fields({ id, ...links() })]));
  const [before, after] = [{ type: 'string' }, { type: 'integer' }].map((id) =>
    takes(ref('S0'), shared(all(id))),
  );
  // Thirty to the thirtieth ways lead through them.
  expect(compareDocuments(before, after)).toHaveLength(names.length);
});

it('every rule is found by some pair, and says whom it hurts', () => {
  const all = [...pairs, ...graphqlPairs];
  const seen = all.flatMap(([, , , ...expected]) => expected.map((one) => one.split(' ')[0]));
  expect(Object.keys(rules).filter((rule) => !seen.includes(rule))).toEqual([]);
  for (const { says } of Object.values(rules)) expect(says).toMatch(/^[A-Z].{10,}\.$/);
});

describe('the kinds that other tools were tried with', () => {
  it.each(breaking)('%s breaks', (_says, before, after) => {
    const severities = compareDocuments(before, after).map(({ severity }) => severity);
    expect(severities).toContain('breaking');
  });

  it.each(safe)('%s alarms nobody', (_says, before, after) => {
    const changes = compareDocuments(before, after);
    expect(changes.filter(({ severity }) => severity !== 'safe')).toEqual([]);
  });
});
