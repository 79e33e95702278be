import { describe, expect, inject, it } from 'vitest';
import * as z from 'zod';
import { seedOf } from '../../contract/document/sample/draw.ts';
import { sampleOf } from '../../contract/document/sample/sample.ts';
import { codesByStatus, hasBody } from '../../contract/kit/operations.ts';
import { document, faultOf, findOperation, pointed } from '../kit/document.ts';
import { type Json, named, operations } from '../kit/operations.ts';

const { schemas } = document.components;
/** 0 is the example; the others are drawn. */
const drawn = Array.from({ length: inject('isFull') ? 50 : 6 }, (_, at) => seedOf(1, at));
const seeds = [0, ...drawn];

type Medias = Record<string, { schema: Json; example?: unknown }>;

/** Every schema of an operation, each with its place. */
function schemasOf(name: string): [place: string, schema: Json][] {
  const { route } = operations.find((one) => one.name === name) ?? {};
  const operation = route && findOperation(route.method, route.path)?.operation;
  if (!operation) throw new Error(`${name} is not in the document`);
  const { parameters = [], requestBody, responses } = operation;
  const inMedias = (place: string, content: unknown) =>
    Object.entries((content ?? {}) as Medias).map(([type, { schema }]): [string, Json] => [
      `${place} as ${type}`,
      schema,
    ]);
  return [
    ...parameters.map(({ name: of, schema }): [string, Json] => [`parameter ${of}`, schema]),
    ...inMedias('the body', requestBody?.content),
    ...Object.entries(responses).flatMap(([status, answer]) => [
      ...inMedias(`answer ${status}`, pointed(answer).content),
      ...Object.entries((pointed(answer).headers ?? {}) as Record<string, { schema: Json }>).map(
        ([header, told]): [string, Json] => [`${header} of ${status}`, pointed(told).schema],
      ),
    ]),
  ];
}

describe.each(named)('%s', (name, operation) => {
  it('gets values that keep each of its schemas, whatever the seed', () => {
    const all = schemasOf(name);
    expect(all.length).toBeGreaterThan(codesByStatus(operation.problems).size);
    for (const [place, schema] of all) {
      const values = seeds.map((seed) => sampleOf(schema, { schemas, seed }));
      for (const value of values) {
        expect(faultOf(schema, value), `${place}: ${JSON.stringify(value)}`).toBeUndefined();
      }
    }
  });

  it('takes what is made for it, and may answer what is made for that', () => {
    const { route } = operation;
    const known = findOperation(route.method, route.path)?.operation;
    const [media] = Object.values((known?.requestBody?.content ?? {}) as Medias);
    const isJson = !('contentType' in route) || route.contentType === 'application/json';
    if (hasBody(route) && media && isJson) judge(route.body, media.schema);
    for (const [status, schema] of Object.entries(route.responses)) {
      const answer = known && pointed(known.responses[status] as Json);
      const { 'application/json': json } = (answer?.content ?? {}) as Medias;
      if (json && schema instanceof z.ZodType) judge(schema, json.schema);
    }
  });
});

/** By zod, whose rules say more than the document can. */
function judge(by: object, schema: Json): void {
  for (const seed of seeds) {
    const value = sampleOf(schema, { schemas, seed });
    const { error } = (by as z.ZodType).safeParse(value);
    expect(error && z.prettifyError(error), JSON.stringify(value)).toBeUndefined();
  }
}
