import type { Operation } from '../../contract/kit/operations.ts';
import { newPerson } from '../kit/callers.ts';
import { encoded, type Input, inputsOf, type Json } from '../kit/operations.ts';

/** What addresses may name, by the name of the parameter. */
export type Named = Readonly<Record<string, string>>;

/** Input that gets through to the rules: the contract's example, with names that are free. */
export function goodInput(operation: Operation, named: Named = {}, fields: Json = {}): Input {
  const { path, body } = inputsOf(operation);
  const known = path.filter(({ name }) => named[name] !== undefined);
  const params = Object.fromEntries(known.map(({ name }) => [name, named[name] as string]));
  return {
    params,
    ...(body && {
      body: encoded(body, { ...body.example, ...freeNames(body.example), ...fields }),
    }),
  };
}

function freeNames(example: Json): Json {
  const { email, username } = newPerson();
  const free: Json = { email, username, name: username };
  return Object.fromEntries(Object.entries(free).filter(([name]) => name in example));
}
