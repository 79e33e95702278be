import * as z from 'zod';
import type { Operation } from '../../../contract/kit/operations.ts';

/** We are about to break the contract: our mistake, answered as 500, told in the log. */
export class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise';
}

interface RawReply {
  readonly status: number;
  readonly body?: unknown;
}

/**
 * The reply as the contract declares it: undeclared fields are left out.
 * @throws {BrokenPromise} for an undeclared status or a body that breaks its schema, naming the
 *   fields and not their values.
 */
export function checkReply<R extends RawReply>(operation: Operation, reply: R): R {
  const schema = operation.route.responses[reply.status];
  if (schema === undefined) {
    throw new BrokenPromise(`${operation.name} answered ${reply.status}, which is not declared`);
  }
  if (!(schema instanceof z.ZodType)) return { ...reply, body: undefined };
  const parsed = schema.safeParse(reply.body);
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path, code }) => `${path.join('.')} (${code})`);
    throw new BrokenPromise(
      `${operation.name} answered ${reply.status} with a wrong body: ${fields.join(', ')}`,
    );
  }
  return { ...reply, body: parsed.data };
}
