import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { SchemaComponents } from '../../contract/document/components.ts';
import { openApiDocument } from '../../contract/document/openapi.ts';
import { ResponseComponents } from '../../contract/document/responses.ts';
import { Event } from '../../contract/events/event.ts';
import { contract, tags } from '../../contract/index.ts';
import type { HeaderName } from '../../contract/kit/headers.ts';
import { type Operation, operationsOf } from '../../contract/kit/operations.ts';
import { publicUrl, useApp } from '../kit/app.ts';
import { document, pointed } from '../kit/document.ts';

const app = useApp();

it('is published as the contract generates it', async () => {
  expect(document).toEqual(
    JSON.parse(JSON.stringify(await openApiDocument(contract, tags, Event))),
  );
});

it('is served as it is published, to anyone, with the address of this service', async () => {
  const answer = await app.request('/api/v1/openapi.json');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8');
  const [server] = document.servers;
  expect(server).toMatchObject({ url: '/' });
  expect(await answer.json()).toEqual({ ...document, servers: [{ ...server, url: publicUrl }] });
});

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

describe('the name of a refusal', () => {
  const operation = operationsOf(contract).find(({ name }) => name === 'health.readiness');
  const named = (headers: readonly HeaderName[], components = new ResponseComponents()) =>
    components.of({ ...operation, headers } as Operation, {})[406]?.$ref;

  it('is another one where its headers are others', () => {
    const all = [
      [],
      ['RateLimit', 'RateLimit-Policy'],
      ['Location'],
      ['Location', 'Allow'],
    ] as const;
    const names = all.map((headers) => named(headers));
    expect(new Set(names).size).toBe(all.length);
  });

  it('is that of one answer: a second one that differs is refused', () => {
    const components = new ResponseComponents();
    expect(named([], components)).toBe(named([], components));
    expect(() => named(['RateLimit'], components)).toThrow('UncountedNotAcceptable');
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
