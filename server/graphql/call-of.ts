import type { CallPlan } from '../../contract/document/graphql/plan.ts';
import { hasBody } from '../../contract/kit/operations.ts';
import type { DirectCall } from '../operations/direct.ts';
import type { Presented } from '../platform/auth/guard.ts';

export type Given = Readonly<Record<string, unknown>>;

/** What an address or a header holds. */
type Simple = string | number | boolean | readonly string[];

/** The call of an operation that a field with its arguments means. */
export function callOf(
  { places, fixed, operation }: CallPlan,
  given: Given,
  caller: Presented,
  asked: Given = {},
): Omit<DirectCall, 'origin' | 'address'> {
  const params: Record<string, unknown> = {};
  const query: Record<string, unknown> = { ...asked };
  const headers: Record<string, string> = {};
  // An argument that nothing requires may be left out, a body may not.
  let body: unknown = hasBody(operation.route) ? { ...fixed } : undefined;
  for (const [name, value] of Object.entries(given)) {
    const place = places[name];
    // What is null in an address is not there.
    if (!place || value === undefined) continue;
    if (place.part === 'body') body = { ...(value as object), ...fixed };
    else if (value === null) continue;
    else if (place.part === 'header') headers[place.name] = String(value as Simple);
    else (place.part === 'params' ? params : query)[place.name] = String(value as Simple);
  }
  const { 'if-match': ifMatch, ...more } = headers;
  const preconditions = ifMatch === undefined ? {} : { 'if-match': ifMatch };
  return {
    caller: { ...caller, ...more },
    preconditions,
    input: { params, query, ...(body !== undefined && { body }) },
  };
}
