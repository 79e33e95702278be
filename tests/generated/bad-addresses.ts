import { randomUUIDv7 } from 'node:crypto';
import { statusOf } from '../../contract/kit/facets/errors.ts';
import type { Operation } from '../../contract/kit/operations.ts';
import { encoded, type Field, inputsOf, type Json } from '../kit/operations.ts';
import { type Bad, bad } from './bad-bodies.ts';
import { marker } from './marker.ts';

/** Addresses that lead nowhere: each parameter in turn, with a good body. */
export function badPaths(operation: Operation): Bad[] {
  const { path, body } = inputsOf(operation);
  const { errors } = operation;
  const sent = body ? { body: encoded(body, body.example) } : {};
  return path.flatMap(({ name, schema }) =>
    valuesFor(schema).map(([status, value]) =>
      bad(
        status === 422 ? statusOf('validation_failed', errors) : status,
        `${name} ${value.slice(0, 60)}`,
        { ...sent, params: { [name]: value } },
        status === 422 && !errors ? [name] : [],
      ),
    ),
  );
}

function valuesFor({ format }: Json): [number, string][] {
  const ids: [number, string][] = [
    [404, randomUUIDv7().toUpperCase()],
    [404, '00000000-0000-0000-0000-000000000000'],
    [422, `${randomUUIDv7()}%0A`],
    [422, `%7B${randomUUIDv7()}%7D`],
  ];
  return [
    ...(format === 'uuid' ? ids : []),
    ...unknown.map((value): [number, string] => [422, value]),
    ...undecodable.map((value): [number, string] => [400, value]),
  ];
}

const unknown = [
  marker.repeat(400),
  `${marker}%00`,
  '-1',
  '__proto__',
  '..%2F..%2Fetc%2Fpasswd',
  `%27%3B%20drop%20table%20users%3B--${marker}`,
];
const undecodable = ['%', `${marker}%E0%A4%A`, '%ff'];

/** Queries that must be refused. */
export function badQueries(operation: Operation): Bad[] {
  const { query, path, body } = inputsOf(operation);
  if (query.length + path.length === 0 && !body) return [];
  const keys = query.length > 0 ? unknownKeys : unknownKeys.slice(0, 3);
  const { errors } = operation;
  const oauths = errors && { status: statusOf('validation_failed', errors), places: [] };
  return [...keys, ...wrongQueries(query)].map((one) => ({
    ...one,
    ...oauths,
    input: { ...one.input, ...(body && { body: encoded(body, body.example) }) },
  }));
}

const unknownKeys = [
  `${marker}[]`,
  '__proto__',
  `%00${marker}`,
  marker,
  `limit[${marker}]`,
  'toString',
  '__proto__[isAdmin]',
  '%ff',
].map((key) => bad(422, `with ${key}`, { query: `${key}=${marker}` }));

/** Wrong values for all parameters at once, so that each must be named. */
function wrongQueries(fields: readonly Field[]): Bad[] {
  const lists = fields.map(({ name, schema }) => ({ name, values: wrongFor(schema) }));
  const rounds = Math.max(0, ...lists.map(({ values }) => values.length));
  const names = fields.map(({ name }) => name);
  const nul = new URLSearchParams(names.map((name) => [name, `${marker}\0`]));
  const broken = names.map((name) => `${name}=${marker}%ff`).join('&');
  const twice = fields.map(({ name, schema }) => `${name}=${goodFor(schema)}`).join('&');
  const wrong = Array.from({ length: rounds }, (_, round) => {
    const chosen = lists.flatMap(({ name, values }) =>
      values.length > 0 ? [[name, values[round % values.length] ?? '']] : [],
    );
    return bad(
      422,
      `with wrong values, ${round}`,
      { query: String(new URLSearchParams(chosen)) },
      chosen.map(([name = '']) => name),
    );
  });
  return fields.length === 0
    ? []
    : [
        ...wrong,
        bad(422, 'with NUL', { query: String(nul) }, names),
        bad(422, 'with broken UTF-8', { query: broken }, names),
        bad(422, 'with everything twice', { query: `${twice}&${twice}` }, names),
      ];
}

function goodFor({ enum: options, examples, type }: Json): string {
  const [first] = (options ?? examples ?? [type === 'boolean' ? 'true' : '1']) as unknown[];
  return encodeURIComponent(String(first));
}

/** What the schema of a parameter refuses, as it stands in an address. */
function wrongFor({ type, format, enum: options, minimum, maximum, maxLength }: Json): string[] {
  if (type === 'integer') {
    const beyond = [Number(minimum) - 1, Number(maximum) + 1].map(String);
    return [
      ...beyond,
      '',
      '-1',
      '1.5',
      '1e2',
      '1e400',
      '0x10',
      ' 1',
      '１',
      marker,
      '9'.repeat(400),
    ];
  }
  if (type === 'boolean') return ['', '1', 'TRUE', ' true', marker, 'null'];
  if (options) return ['', marker, '__proto__', 'toString', `${(options as string[])[0]};--`];
  if (format === 'date-time') return wrongInstants;
  if (format === 'uuid') return ['', marker, '1', `${randomUUIDv7()}\n`];
  return ['', 'x'.repeat(Number(maxLength) + 1)];
}

const wrongInstants = [
  '',
  marker,
  'now',
  '1e400',
  '2026-01-01',
  '2026-02-30T00:00:00Z',
  '2026-01-01T25:00:00Z',
  '2026-01-01T00:00:00+02:00',
  '2026-01-01 00:00:00',
  '-000001-01-01T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '2026-01-01T00:00:00.0000000000000000001Z',
];
