import { randomUUID } from 'node:crypto';
import type { Operation } from '../../contract/kit/operations.ts';
import { isValid } from '../kit/document.ts';
import {
  type Body,
  encoded,
  type Field,
  type Input,
  inputsOf,
  type Json,
} from '../kit/operations.ts';

/** Means something to SQL, LIKE, templates, markup, shells or JavaScript; to us it is text. */
const odd = [
  `'; drop table users; -- x' or '1'='1`,
  '%_%\\_\\% ?? :name $1 @> ?|',
  '$' + '{7*7}{{7*7}}<%= 7*7 %><script>alert(1)</script>$(id)`id`;id',
  '__proto__',
  'e\u0301 \u202eabc \ufeff\u{1f600} "\\"\\\\',
];

/** All at once, where each try costs the hash of a password. */
const allInOne = [odd.join(' ')];

export interface Odd {
  readonly what: string;
  readonly input: Input;
  readonly field: string;
  readonly text: string;
}

/** Each text in each field that takes text, in a request that is good otherwise. */
export function oddTexts(operation: Operation, params: Record<string, string>): Odd[] {
  const { body, query } = inputsOf(operation);
  const inBody = body?.fields.filter(isText).flatMap((field) =>
    textsFor(operation, field).map((text) => ({
      what: `${field.name}: ${text}`,
      input: { params, body: encoded(body, { ...fresh(body), [field.name]: text }) },
      field: field.name,
      text,
    })),
  );
  const inQuery = query.filter(isText).flatMap(({ name }) =>
    odd.map((text) => ({
      what: `${name}=${text}`,
      input: { params, query: String(new URLSearchParams({ [name]: text })) },
      field: name,
      text,
    })),
  );
  return [...(inBody ?? []), ...inQuery];
}

function isText({ schema }: Field): boolean {
  const isShaped = schema.format === 'uuid' || schema.format === 'date-time';
  return [schema.type].flat().includes('string') && !schema.enum && !isShaped;
}

function textsFor({ limit }: Operation, { schema }: Field): readonly string[] {
  const isHashed = limit === 'credentials' || schema.format === 'password';
  return isHashed ? allInOne : odd;
}

/** The contract's example as nobody sent it before, without a password that need not be there. */
function fresh({ example, fields }: Body): Json {
  const kept = fields.filter(
    ({ name, schema, isRequired }) =>
      name in example && (isRequired || schema.format !== 'password'),
  );
  return Object.fromEntries(kept.map(({ name, schema }) => [name, varied(schema, example[name])]));
}

function varied(schema: Json, value: unknown): unknown {
  const name = randomUUID().slice(0, 8);
  if (typeof value !== 'string') return value;
  if (schema.format === 'email') return `${name}@example.com`;
  return isValid(schema, `${value}-${name}`) ? `${value}-${name}` : value;
}

/** What the answer holds under this name, at any depth. */
export function valuesOf(field: string, answer: unknown): unknown[] {
  if (typeof answer !== 'object' || answer === null) return [];
  return Object.entries(answer).flatMap(([name, value]) =>
    name === field ? [value] : valuesOf(field, value),
  );
}
