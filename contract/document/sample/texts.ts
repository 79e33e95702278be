import type { Json } from '../../kit/json.ts';
import { draw, drawHex, type Seed, seedOf } from './draw.ts';
import { ofPerson } from './people.ts';
import { textLike } from './text-like.ts';

/** Where a text stands. */
export interface TextPlace {
  readonly schema: Json;
  /** The name of the field; empty for what has none. */
  readonly field: string;
  /** Of this text alone. */
  readonly seed: Seed;
  /** Of the thing that it belongs to: what belongs together comes from here. */
  readonly row: Seed;
  /** What an example has here. */
  readonly hint: unknown;
  /** Whether it is that of the example, where there is one. */
  readonly isExact: boolean;
}

/** A text that keeps its schema. */
export function textFor(place: TextPlace): string {
  const { schema, hint, isExact } = place;
  const known = [hint, ...((schema.examples as unknown[] | undefined) ?? [])].filter(
    (one) => typeof one === 'string' && fits(schema, one),
  ) as string[];
  const [example] = known;
  if (isExact && example !== undefined) return example;
  const varied = variedText(place, example);
  if (varied !== undefined && fits(schema, varied)) return varied;
  return example ?? madeText(place);
}

/** As another thing of its kind would have it; undefined: nothing says what that may be. */
function variedText({ schema, field, seed, row }: TextPlace, example: string | undefined) {
  if (schema.format === 'uuid') return uuid(seed);
  if (schema.format === 'date-time') return instant(example, row);
  return ofPerson(field, row);
}

function madeText({ schema, seed, row }: TextPlace): string {
  const { pattern, format, minLength = 0, maxLength = 40 } = schema as TextRules;
  if (pattern !== undefined && format === undefined) {
    const text = textLike(pattern, seed, { min: minLength, max: maxLength });
    if (fits(schema, text)) return text;
    throw new Error(
      `No text of ${minLength} to ${maxLength} is made for ${pattern}: give an example`,
    );
  }
  const text = byFormat[String(format)]?.(seed, row) ?? 'text';
  const long = text.padEnd(minLength, text);
  return Array.from(long).slice(0, maxLength).join('');
}

const byFormat: Readonly<Record<string, (seed: Seed, row: Seed) => string>> = {
  uuid,
  'date-time': (_seed, row) => instant(undefined, row),
  date: (_seed, row) => instant(undefined, row).slice(0, 10),
  email: (_seed, row) => ofPerson('email', row) ?? '',
  uri: (seed) => `https://example.com/${drawHex(seed, 8)}`,
  'uri-reference': (seed) => `/${drawHex(seed, 8)}`,
  password: () => 'correct horse battery staple',
  ipv4: () => '192.0.2.1',
  ipv6: () => '2001:db8::1',
  hostname: () => 'example.com',
  byte: () => 'AAAA',
};

/** Version 7, as if it had been made at about the time of the examples. */
function uuid(seed: Seed): string {
  const hex = drawHex(seed, 22);
  const variant = '89ab'[draw(seed, 4)];
  return `01994c1e-${hex.slice(0, 4)}-7${hex.slice(4, 7)}-${variant}${hex.slice(7, 10)}-${hex.slice(10)}`;
}

const written = '2026-11-21T12:00:00.000Z';
const days = 86_400_000;

/** All instants of a thing are moved by the same time: what came first in the example still does. */
function instant(example: string | undefined, row: Seed): string {
  const at = Date.parse(example ?? written);
  return new Date(at - draw(seedOf(row, 'instants'), 90 * days)).toISOString();
}

interface TextRules extends Json {
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
}

/** What a format lets through, as strictly as a sample must be. */
const formats: Readonly<Record<string, (text: string) => boolean>> = {
  uuid: (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text),
  'date-time': (text) => /^\d{4}-\d\d-\d\dT.*Z$/.test(text) && !Number.isNaN(Date.parse(text)),
  email: (text) => /^[\w.+-]+@([a-z0-9-]+\.)+[a-z0-9-]{2,}$/i.test(text),
  uri: (text) => URL.canParse(text),
};

/** Whether a text keeps what its schema says about texts. */
export function fits(schema: Json, text: string): boolean {
  const { pattern, format, minLength = 0, maxLength = Infinity } = schema as TextRules;
  const { enum: options } = schema;
  const length = Array.from(text).length;
  if (length < minLength || length > maxLength) return false;
  if (Array.isArray(options) && !options.includes(text)) return false;
  if (formats[String(format)]?.(text) === false) return false;
  return pattern === undefined || new RegExp(pattern, 'u').test(text);
}
