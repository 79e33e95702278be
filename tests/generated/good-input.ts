import type { Operation } from '../../contract/kit/operations.ts';
import { newPerson } from '../kit/callers.ts';
import { encoded, type Input, inputsOf, type Json } from '../kit/operations.ts';

/** What addresses may name, by the name of the parameter. */
export type Named = Readonly<Record<string, string>>;

/**
 * Input that gets through to the rules: the contract's example, with names that are free. Of
 * `fields`, those that the operation knows stand in it.
 */
export function goodInput(operation: Operation, named: Named = {}, fields: Json = {}): Input {
  const { body } = inputsOf(operation);
  const needed = neededQuery(operation);
  if (!body) return { params: named, ...needed };
  const { email, username } = newPerson();
  const free = only(body.example, { email, username, name: username, description: username });
  const known = only(Object.fromEntries(body.fields.map(({ name }) => [name, true])), fields);
  return { params: named, ...needed, body: encoded(body, { ...body.example, ...free, ...known }) };
}

/** The parameters that must be there, as the document's examples have them. */
function neededQuery(operation: Operation): Input {
  const needed = inputsOf(operation).query.filter(({ isRequired }) => isRequired);
  if (needed.length === 0) return {};
  const filled = needed.map(({ name, schema }) => [
    name,
    String((schema.examples as unknown[])[0]),
  ]);
  return { query: String(new URLSearchParams(filled)) };
}

function only(wanted: Json, values: Json): Json {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name in wanted));
}
