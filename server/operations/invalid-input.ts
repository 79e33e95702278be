import * as z from 'zod';
import type { AppRoute } from '../../contract/kit/api.ts';
import { type FindingCode, findings } from '../../contract/kit/findings.ts';
import type { InputError } from '../../contract/kit/problems.ts';
import { type ProblemError, problem } from '../platform/problem-error.ts';
import { withoutStack } from '../platform/without-stack.ts';
import { knownFields, nearest } from './known-fields.ts';
import { shownPath } from './shown-path.ts';

/** How many findings an answer lists: more would help nobody. */
export const maxInputErrors = 50;

/** What zod found; the fields that we look at. */
export interface Issue {
  readonly code?: string;
  readonly message: string;
  readonly path?: readonly (PropertyKey | { key: PropertyKey })[];
  readonly keys?: readonly string[];
  readonly expected?: string;
  readonly format?: string;
  readonly origin?: string;
  readonly minimum?: number | bigint;
  readonly maximum?: number | bigint;
  readonly values?: readonly unknown[];
  readonly params?: { readonly finding?: FindingCode };
}

type Part = InputError['in'];

/** A part of the input that its schema did not accept. */
export interface BrokenPart {
  readonly issues: readonly Issue[];
  readonly schema: unknown;
  readonly value: unknown;
}

export type BrokenParts = Partial<Record<Part, BrokenPart | undefined>>;

/** What the schemas found, as the catalogue of findings says it: where and why, never the value. */
export function invalidInput(parts: BrokenParts): ProblemError {
  const errors: InputError[] = [];
  for (const [part, broken] of Object.entries(parts)) {
    for (const issue of broken?.issues ?? []) {
      const left = maxInputErrors - errors.length;
      if (broken && left > 0) errors.push(...inputErrors(part as Part, issue, broken, left));
    }
  }
  return withoutStack(() => problem('validation_failed', { errors }));
}

/** The query parameters of an operation that takes none. */
export function unknownParameters(query: object): InputError[] {
  const keys = Object.keys(query).slice(0, maxInputErrors);
  return keys.map((key) => ({
    in: 'query',
    path: shownPath(key),
    code: 'unknown_field',
    message: 'This operation takes no query parameters',
  }));
}

/** At most as many as there is room for: a body may hold ten thousand unknown names. */
function inputErrors(
  part: Part,
  issue: Issue,
  { schema, value }: BrokenPart,
  left: number,
): InputError[] {
  const path = (issue.path ?? []).map((key) => (typeof key === 'object' ? key.key : key));
  if (issue.keys && issue.code === 'unrecognized_keys') {
    const known = knownFields(schema, path);
    return issue.keys.slice(0, left).map((key) => ({
      in: part,
      path: shownPath(dotted([...path, key])),
      code: 'unknown_field',
      message: unknownField(nearest(key, known)),
    }));
  }
  const code = codeOf(issue, valueAt(value, path));
  return [{ in: part, path: shownPath(dotted(path)), code, message: messageOf(code, issue) }];
}

function unknownField(known: string | undefined): string {
  return known === undefined
    ? 'There is no such field'
    : `There is no such field; did you mean \`${known}\`?`;
}

function codeOf(issue: Issue, value: unknown): FindingCode {
  const { code, origin, params } = issue;
  if (params?.finding) return params.finding;
  if (value === undefined) return 'required';
  if (code === 'invalid_type') return 'wrong_type';
  if (code === 'invalid_format') return 'wrong_format';
  if (code === 'invalid_value' || code === 'invalid_union') return 'not_listed';
  if (code === 'too_small') return sizeOf(origin, ['too_short', 'too_few', 'too_small']);
  if (code === 'too_big') return sizeOf(origin, ['too_long', 'too_many', 'too_large']);
  return 'broken_rule';
}

function sizeOf<Code>(origin: string | undefined, [text, list, number]: [Code, Code, Code]): Code {
  if (origin === 'string') return text;
  return origin === 'array' || origin === 'set' ? list : number;
}

function messageOf(code: FindingCode, issue: Issue): string {
  // A rule of the contract with a message of its own keeps it.
  return (issue.params?.finding && issue.message) || (words[code]?.(issue) ?? issue.message);
}

/** A longer list is read in the document. */
const mostNamed = 15;

const words: Partial<Record<FindingCode, (issue: Issue) => string>> = {
  required: () => 'This is required',
  wrong_type: ({ expected }) => `Expected ${typeWords[expected ?? ''] ?? expected}`,
  not_listed: ({ values }) =>
    values && values.length <= mostNamed
      ? `Expected one of: ${values.join(', ')}`
      : 'Expected one of those listed',
  wrong_format: (issue) => formatWords[issue.format ?? ''] ?? wordsOfContract(issue),
  too_short: ({ minimum }) => `At least ${counted(minimum, 'character')}`,
  too_long: ({ maximum }) => `At most ${counted(maximum, 'character')}`,
  too_small: ({ minimum }) => `At least ${minimum}`,
  too_large: ({ maximum }) => `At most ${maximum}`,
  too_few: ({ minimum }) => `At least ${counted(minimum, 'item')}`,
  too_many: ({ maximum }) => `At most ${counted(maximum, 'item')}`,
};

function counted(number: Issue['minimum'], what: string): string {
  return `${number} ${what}${Number(number) === 1 ? '' : 's'}`;
}

/** A message from the contract is kept. zod's own quotes the pattern, and is replaced. */
function wordsOfContract({ message }: Issue): string {
  return message.startsWith('Invalid') ? findings.wrong_format : message;
}

const typeWords: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  array: 'a list',
  record: 'an object',
  null: 'null',
};

const formatWords: Readonly<Record<string, string>> = {
  email: 'This is not an e-mail address',
  uuid: 'This is not a UUID',
  datetime: 'Write an instant in UTC, as 2026-11-21T12:00:00Z',
  date: 'Write a date, as 2026-11-21',
  url: 'This is not a URL',
};

function dotted(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (inner as Record<PropertyKey, unknown> | undefined | null)?.[key],
    value,
  );
}

/** The schemas of an operation, by the part of the input that they judge. */
export function schemasOf({ pathParams, query, headers, ...route }: AppRoute) {
  const body = 'body' in route ? route.body : undefined;
  return { path: pathParams, query, headers: headersSchema(headers), body };
}

/** ts-rest takes one schema for all headers, or one for each by its name. */
function headersSchema(headers: AppRoute['headers']): unknown {
  const isOne = headers === undefined || headers instanceof z.ZodType;
  return isOne ? headers : z.object(headers as z.ZodRawShape);
}
