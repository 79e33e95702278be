import * as z from 'zod';
import { contentTypeOf, isStreamed } from '../../contract/kit/facets/streams.ts';
import type { HeaderName } from '../../contract/kit/headers.ts';
import type { Operation } from '../../contract/kit/operations.ts';
import type { HandlerReply } from './reply.ts';

/** We are about to break the contract: our mistake, answered as 500, with the reason in the log. */
export class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise';
}

/**
 * The reply as the contract declares it: undeclared fields are left out.
 * @throws {BrokenPromise} for an undeclared status, an undeclared header, or a body that breaks its
 *   schema, naming the fields and not their values.
 */
export type ReplyCheck = (reply: HandlerReply) => HandlerReply;

export function replyCheck(operation: Operation): ReplyCheck {
  const checkBody = bodyCheck(operation);
  const { name, sends } = operation;
  return (reply) => {
    const { status, headers, cookies } = reply;
    const body = checkBody(status, reply.body);
    const added = Object.keys(headers ?? {});
    const sent = cookies && cookies.length > 0 ? [...added, 'Set-Cookie'] : added;
    for (const header of sent) {
      if (sends.has(header as HeaderName)) continue;
      throw new BrokenPromise(`${name} sent ${header}, which is not declared`);
    }
    return { status, body, headers, cookies };
  };
}

function bodyCheck({
  name,
  route,
  streams,
}: Operation): (status: number, body: unknown) => unknown {
  const schemas = new Map<number, unknown>(
    Object.entries(route.responses).map(([status, schema]) => [Number(status), schema]),
  );
  return (status, body) => {
    const schema = schemas.get(status);
    if (schema === undefined) {
      throw new BrokenPromise(`${name} answered ${status}, which is not declared`);
    }
    if (!(schema instanceof z.ZodType)) return undefined;
    const parsed = schema.safeParse(body);
    if (parsed.success) {
      if (streams && isStreamed(body)) contentTypeOf(body, streams);
      return parsed.data;
    }
    const fields = parsed.error.issues.map(({ path, code }) => `${path.join('.')} (${code})`);
    throw new BrokenPromise(`${name} answered ${status} with a wrong body: ${fields.join(', ')}`);
  };
}
