import * as z from 'zod';
import type { Operation } from '../../contract/kit/operations.ts';

/** We are about to break the contract: our mistake, answered as 500, told in the log. */
export class BrokenPromise extends Error {
  override readonly name = 'BrokenPromise';
}

/**
 * The body as the contract declares it: undeclared fields are left out.
 * @throws {BrokenPromise} for an undeclared status or a body that breaks its schema, naming the
 *   fields and not their values.
 */
export type AnswerCheck = (status: number, body: unknown) => unknown;

export function answerCheck({ name, route }: Operation): AnswerCheck {
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
