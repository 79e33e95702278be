import type { Json } from '../../contract/kit/json.ts';
import type { Chance } from '../kit/chance.ts';
import type { ReadDocument } from '../kit/document.ts';
import { bodyOf, type Draft } from './good.ts';

/** A request of which one thing is wrong; undefined: there is nothing of the kind to get wrong. */
type Mistake = (draft: Draft, chance: Chance, read: ReadDocument) => Draft | undefined;

/** By what is wrong. The document says of each that it is refused. */
export const mistakes: Readonly<Record<string, Mistake>> = {
  'a body that breaks off': (draft) =>
    isJson(draft) ? { ...draft, raw: '{"broken": ' } : undefined,
  'a body of another type': (draft) =>
    draft.fields && { ...draft, type: 'text/plain', raw: JSON.stringify(draft.fields) },
  'a field that nobody knows': (draft, _chance, read) =>
    isClosed(draft, read) ? { ...draft, fields: { ...draft.fields, noSuchField: 1 } } : undefined,
  'a field of another type': (draft, chance, read) =>
    withField(draft, chance, read, (schema) => wrongType(schema)),
  'a text that is too long': (draft, chance, read) =>
    withField(draft, chance, read, ({ maxLength }) =>
      typeof maxLength === 'number' && maxLength < 50_000 ? 'x'.repeat(maxLength + 1) : undefined,
    ),
  'a field that is missing': (draft, chance, read) => {
    const { required = [] } = schemaOf(draft, read) as { required?: string[] };
    if (!isJson(draft) || required.length === 0) return undefined;
    const { [chance.of(required)]: _, ...fields } = draft.fields ?? {};
    return { ...draft, fields };
  },
  'a parameter that nobody knows': (draft) => {
    const { parameters, responses } = draft.target.operation;
    // Where somebody is led back to, others may send more, and it is ignored (RFC 6749, 4.1.2).
    if ('303' in responses || !parameters?.some((one) => one.in === 'query')) return undefined;
    return { ...draft, query: { ...draft.query, noSuchParameter: '1' } };
  },
  'a parameter out of its range': (draft, chance) => {
    const bounded = (draft.target.operation.parameters ?? []).filter(
      ({ in: place, schema }) => place === 'query' && schema.type === 'integer',
    );
    if (bounded.length === 0) return undefined;
    const { name, schema } = chance.of(bounded);
    const value = chance.oneIn(2) ? Number(schema.maximum) + 1 : Number(schema.minimum) - 1;
    return { ...draft, query: { ...draft.query, [name]: String(value) } };
  },
  'an id that is none': (draft, chance) => {
    const ids = (draft.target.operation.parameters ?? []).filter(
      ({ in: place, schema }) => place === 'path' && schema.format === 'uuid',
    );
    if (ids.length === 0) return undefined;
    return { ...draft, params: { ...draft.params, [chance.of(ids).name]: 'no-id' } };
  },
};

export const mistakeNames = Object.keys(mistakes);

function isJson({ fields, type }: Draft): boolean {
  return fields !== undefined && type === 'application/json';
}

function schemaOf({ target }: Draft, read: ReadDocument): Json {
  return read.pointed(bodyOf(target.operation).schema ?? {});
}

function isClosed(draft: Draft, read: ReadDocument): boolean {
  return isJson(draft) && schemaOf(draft, read).additionalProperties === false;
}

/** One field with a value that its schema refuses. */
function withField(
  draft: Draft,
  chance: Chance,
  read: ReadDocument,
  wrong: (schema: Json) => unknown,
): Draft | undefined {
  const { properties = {} } = schemaOf(draft, read) as { properties?: Record<string, Json> };
  const names = Object.keys(properties);
  if (!isJson(draft) || names.length === 0) return undefined;
  const name = chance.of(names);
  const schema = properties[name] ?? {};
  const value = wrong(read.pointed(schema));
  if (value === undefined || read.isValid(schema, value)) return undefined;
  return { ...draft, fields: { ...draft.fields, [name]: value } };
}

function wrongType({ type }: Json): unknown {
  return type === 'object' ? 'no object' : { no: 'such value' };
}
