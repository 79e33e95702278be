import { describe, expect, it } from 'vitest';
import { createClient } from '../../client/index.ts';
import { raw, written } from '../../contract/document/typescript.ts';
import { document } from '../kit/document.ts';

const client = createClient({ baseUrl: 'http://localhost' }) as unknown as Functions;
type Functions = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

describe('the sample of an operation', () => {
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  const samples = operations.map(({ operationId, ...operation }) => {
    const [sample] = operation['x-codeSamples'] ?? [];
    return [operationId, sample?.source ?? ''] as const;
  });

  // That they compile, tests/full/code-samples.test.ts shows.
  it.each(samples)('of %s calls a function of the client', (operationId, source) => {
    if (source.includes('eventStream(')) return expect(operationId).toBe('eventsFollow');
    const [, noun = '', verb = ''] = /client\.(\w+)\.(\w+)\(/.exec(source) ?? [];
    expect(client[noun]?.[verb]).toBeTypeOf('function');
    expect(`${noun}${verb}`.toLowerCase()).toMatch(new RegExp(`^${operationId}(all)?$`, 'i'));
  });

  it('shows what must be given, with the examples of the document', () => {
    const sample = (id: string) => samples.find(([name]) => name === id)?.[1];
    expect(sample('usersGet')).toBe(`import { apiKey, createClient, unwrap } from '@charter/client';

const client = createClient({
  baseUrl: 'https://api.example.com',
  credentials: apiKey('charter_…'),
});
const answer = await unwrap(client.users.get({ userId: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11' }));
console.log(answer);`);
  });
});

describe('a value as code', () => {
  it('is quoted where it must be', () => {
    const value = { plain: 'a "b"', "it's": "it's", 'x-y': [1, null, true], at: raw('now()') };
    expect(written([value])).toContain(
      `'a "b"',\n    "it's": "it's",\n    'x-y': [1, null, true],`,
    );
    expect(written({ at: raw('now()'), none: {} })).toBe('{ at: now(), none: {} }');
  });

  it('is broken where it is long', () => {
    const long = 'x'.repeat(60);
    expect(written({ a: [long, {}], b: {} })).toBe(
      `{\n  a: [\n    '${long}',\n    {},\n  ],\n  b: {},\n}`,
    );
  });
});
