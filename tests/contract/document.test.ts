import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { described } from '../../contract/document/bodies.ts';
import { SchemaComponents } from '../../contract/document/components.ts';
import { openApiDocument } from '../../contract/document/openapi.ts';
import { ResponseComponents } from '../../contract/document/responses.ts';
import { Event } from '../../contract/events/event.ts';
import { contract, tags } from '../../contract/index.ts';
import type { AppRoute } from '../../contract/kit/api.ts';
import { type Operation, operationsOf } from '../../contract/kit/operations.ts';
import { problemCodes } from '../../contract/kit/problems.ts';
import { publicUrl, useApp } from '../kit/app.ts';
import { document, faultOf, pointed } from '../kit/document.ts';

const app = useApp();

it('is published as the contract generates it', async () => {
  expect(document).toEqual(
    JSON.parse(JSON.stringify(await openApiDocument(contract, tags, Event))),
  );
});

it('is served as it is published, to anyone, with the address and the cookie of this service', async () => {
  const answer = await app.request('/api/v1/openapi.json');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  const [server] = document.servers;
  expect(server).toMatchObject({ url: '/' });
  const decided = { '__Host-session': 'session', 'https://api.example.com': publicUrl };
  const text = Object.entries(decided).reduce(
    (said, [usual, own]) => said.replaceAll(usual, own),
    JSON.stringify(document),
  );
  const served = JSON.parse(text) as typeof document;
  expect(await answer.json()).toEqual({ ...served, servers: [{ ...server, url: publicUrl }] });
  expect(cookieIn(document)).toBe('__Host-session');
  expect(cookieIn(served)).toBe('session');
});

it('is served as YAML as well', async () => {
  const answer = await app.request('/api/v1/openapi.yaml');
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/yaml']);
  expect(await answer.text()).toContain('openapi: "3.1.1"\ninfo:\n  title: Charter\n');
});

it('is not sent again to whoever has it', async () => {
  const { headers } = await app.request('/api/v1/openapi.json');
  const condition = { 'If-None-Match': headers.get('etag') ?? '', 'Cache-Control': 'max-age=0' };
  const again = await app.request('/api/v1/openapi.json', { headers: condition });
  expect([again.status, headers.get('cache-control')]).toEqual([304, 'no-cache']);
});

const cookieIn = ({ components }: typeof document) =>
  (components['securitySchemes'] as { cookie: { name: string } }).cookie.name;

type Node = Readonly<Record<string, unknown>>;

/** Every object of the document with its place, examples apart: they are the callers' data. */
function* nodes(value: unknown, place = '#'): Generator<[string, Node]> {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) yield [place, value as Node];
  for (const [key, part] of Object.entries(value)) {
    if (!['example', 'examples'].includes(key)) yield* nodes(part, `${place}/${key}`);
  }
}

const all = [...nodes(document)];
const placesOf = (isFound: (node: Node) => boolean) =>
  all.filter(([, node]) => isFound(node)).map(([place]) => place);

describe('what readers of the document stumble over', () => {
  it('is not in it: a parameter that nobody explains', () => {
    const mute = placesOf(({ in: place, description }) => place !== undefined && !description);
    expect(mute.filter((place) => /\/parameters\/\d+$/.test(place))).toEqual([]);
  });

  it('is not in it: `const`, which some generators ignore', () => {
    expect(placesOf((node) => 'const' in node)).toEqual([]);
  });

  it('is not in it: a union of objects that does not say how to tell them apart', () => {
    expect(placesOf((node) => isUnionOfObjects(node) && !isToldApart(node))).toEqual([]);
  });

  it('is not in it: a header that no answer sends', () => {
    const text = JSON.stringify(document);
    const names = Object.keys(document.components.headers as Node);
    expect(names.filter((name) => !text.includes(`"#/components/headers/${name}"`))).toEqual([]);
  });
});

describe('a refusal', () => {
  const operation = operationsOf(contract).find(({ name }) => name === 'users.get') as Operation;
  const answered = (change: Partial<Operation> = {}) => {
    const components = new ResponseComponents();
    const answers = components.of({ ...operation, ...change }, {});
    return { answers, names: Object.keys(components.sorted().responses) };
  };

  it('by one code is a component that is called after it', () => {
    expect(answered().answers[404]).toEqual({ $ref: '#/components/responses/NotFound' });
    const longest = Math.max(...problemCodes.map(({ length }) => length));
    const names = Object.keys(document.components.responses);
    expect(names.filter((name) => name.length > longest)).toEqual([]);
  });

  it('by several stands where it is answered, so that no name changes with them', () => {
    const problems = new Set([...operation.problems, 'email_taken', 'username_taken'] as const);
    const { answers, names } = answered({ problems });
    expect(answers[409]).toMatchObject({ description: expect.stringContaining('username_taken') });
    expect(names).toEqual(answered().names);
  });

  it('that is told in another way stands there as well', () => {
    const isNamed = (change: Partial<Operation>) =>
      '$ref' in (answered(change).answers[406] as Node);
    expect(isNamed({})).toBe(true);
    expect(isNamed({ headers: [] })).toBe(false);
    expect(isNamed({ headers: ['RateLimit', 'RateLimit-Policy', 'Location'] })).toBe(false);
    expect(isNamed({ errors: 'oauth' })).toBe(false);
  });
});

describe('examples', () => {
  const namesIn = (content: unknown) => {
    const [media] = Object.values((content ?? {}) as Record<string, Node>);
    return Object.keys((media?.examples ?? {}) as Node);
  };

  it('have a name for each way to sign in, asked for and answered', () => {
    const { post } = document.paths['/api/v1/auth/login'] ?? {};
    const answer = post?.responses[200] as Node;
    const both = ['cookie', 'tokens'];
    expect([namesIn(post?.requestBody?.content), namesIn(answer.content)]).toEqual([both, both]);
  });

  it('of one body are told apart by name', async () => {
    const Nameless = z
      .object({ a: z.string().max(9) })
      .meta({ description: 'x', examples: [{ a: '1' }, { a: '2' }] });
    const route = { method: 'POST', path: '/x' } as AppRoute;
    expect(() => described(Nameless, {}, route)).toThrow('exampleNames');
    const Named = Nameless.meta({ ...Nameless.meta(), exampleNames: ['one', 'other'] });
    const { content } = described(Named, { 'application/json': {} }, route);
    expect(namesIn(content)).toEqual(['one', 'other']);
  });

  it('with names keep their schema', () => {
    const faults = all.flatMap(([place, { schema, examples }]) => {
      if (place.endsWith('problem+json') || !examples) return [];
      const named = Object.entries(examples as Record<string, { value?: unknown }>);
      return named.flatMap(([name, { value }]) => {
        const fault = value && schema ? faultOf(schema, value) : undefined;
        return fault ? `${place}/${name}: ${fault}` : [];
      });
    });
    expect(faults).toEqual([]);
  });
});

function isUnionOfObjects({ oneOf, anyOf }: Node): boolean {
  const members = (oneOf ?? anyOf ?? []) as Node[];
  return members.filter((member) => pointed(member).type === 'object').length > 1;
}

/** Each member is a component, and the mapping leads to it from the values that it declares. */
function isToldApart({ oneOf, discriminator }: Node): boolean {
  const { propertyName, mapping } = (discriminator ?? {}) as {
    propertyName: string;
    mapping: Node;
  };
  const found = ((oneOf ?? []) as Node[]).flatMap((member) => {
    const { [propertyName]: field } = (pointed(member).properties ?? {}) as Record<string, Node>;
    return ((field?.enum ?? []) as string[]).map((value) => [value, member.$ref]);
  });
  return found.length > 0 && JSON.stringify(Object.fromEntries(found)) === JSON.stringify(mapping);
}

it('is not generated from a union whose members have no name', () => {
  const named = z.object({ kind: z.literal('a') }).meta({ id: 'Named' });
  const nameless = z.object({ kind: z.literal('b') });
  const union = z.discriminatedUnion('kind', [named, nameless]).meta({ id: 'Union' });
  expect(() => new SchemaComponents().convert(union, 'output')).toThrow('needs an id');
});
