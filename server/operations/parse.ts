import * as z from 'zod';
import type { AppRoute } from '../../contract/kit/api.ts';
import { hasBody } from '../../contract/kit/operations.ts';
import { problem } from '../platform/problem-error.ts';
import { type Issue, invalidInput, maxInputErrors } from './invalid-input.ts';
import type { Input } from './plans.ts';
import { unstorableText } from './storable-text.ts';

/**
 * For ways in without a parser of their own: the schemas of the contract, and the rule on text that
 * stands beside them. (HTTP is parsed by ts-rest, with the same schemas.)
 * @throws a problem `validation_failed` naming every finding.
 */
export async function parseInput(route: AppRoute, raw: Partial<Input>): Promise<Input> {
  const text = [
    ...unstorableText('path', raw.params),
    ...unstorableText('query', raw.query),
    ...unstorableText('body', raw.body),
  ];
  if (text.length > 0) {
    throw problem('validation_failed', { errors: text.slice(0, maxInputErrors) });
  }
  const params = parsed(route.pathParams, raw.params);
  const query = parsed(route.query, raw.query);
  const body = parsed(hasBody(route) ? route.body : undefined, raw.body);
  if (params.issues || query.issues || body.issues) {
    throw invalidInput({ path: params.issues, query: query.issues, body: body.issues });
  }
  return { params: params.value, query: query.value, body: body.value };
}

function parsed(
  schema: unknown,
  value: unknown = {},
): { value: unknown; issues?: readonly Issue[] } {
  if (!(schema instanceof z.ZodType)) return { value: undefined };
  const result = schema.safeParse(value);
  return result.success
    ? { value: result.data }
    : { value: undefined, issues: result.error.issues as readonly Issue[] };
}
