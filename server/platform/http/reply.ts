import { validateHeaderValue } from 'node:http';
import * as z from 'zod';
import type { HeaderName } from '../../../contract/kit/headers.ts';
import type { Operation } from '../../../contract/kit/operations.ts';

/** We are about to break the contract: our mistake, answered as 500, told in the log. */
export class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise';
}

export interface ReplyCheck {
  /**
   * The body as the contract declares it: undeclared fields are left out.
   * @throws {BrokenPromise} for an undeclared status or a body that breaks its schema, naming the
   *   fields and not their values.
   */
  body(status: number, body: unknown): unknown;
  /** @throws {BrokenPromise} for an undeclared header. */
  header(name: string, value: string): void;
}

export function replyCheck(operation: Operation): ReplyCheck {
  const { name, sends } = operation;
  return {
    body: bodyCheck(operation),
    header: (header, value) => {
      if (!sends.has(header as HeaderName)) {
        throw new BrokenPromise(`${name} sent ${header}, which is not declared`);
      }
      validateHeaderValue(header, value);
    },
  };
}

function bodyCheck({ name, route }: Operation): ReplyCheck['body'] {
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
    if (parsed.success) return parsed.data;
    const fields = parsed.error.issues.map(({ path, code }) => `${path.join('.')} (${code})`);
    throw new BrokenPromise(`${name} answered ${status} with a wrong body: ${fields.join(', ')}`);
  };
}
