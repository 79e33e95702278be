import { fieldsOf, type Parameters } from './request.ts';
import type { Sending } from './sending.ts';

/** Sends a body form-encoded instead of as JSON. Only what speaks OAuth loads this. */
export function form({ body }: { readonly body: object }): Sending {
  const type = 'application/x-www-form-urlencoded';
  return { content: () => ({ type, body: fieldsOf(body as Parameters) }) };
}
