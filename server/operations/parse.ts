import * as z from 'zod';
import type { AppRoute } from '../../contract/kit/api.ts';
import { problem } from '../platform/problem-error.ts';
import {
  type BrokenPart,
  type Issue,
  invalidInput,
  maxInputErrors,
  schemasOf,
  unknownParameters,
} from './invalid-input.ts';
import type { Input } from './reply.ts';
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
    ...(route.query === undefined ? unknownParameters(raw.query ?? {}) : []),
  ];
  if (text.length > 0) {
    throw problem('validation_failed', { errors: text.slice(0, maxInputErrors) });
  }
  const schemas = schemasOf(route);
  const params = parsed(schemas.path, raw.params ?? {});
  const query = parsed(schemas.query, raw.query ?? {});
  const body = parsed(schemas.body, raw.body);
  if (params.broken || query.broken || body.broken) {
    throw invalidInput({ path: params.broken, query: query.broken, body: body.broken });
  }
  return { params: params.value, query: query.value, body: body.value };
}

function parsed(schema: unknown, value: unknown): { value?: unknown; broken?: BrokenPart } {
  if (!(schema instanceof z.ZodType)) return {};
  const result = schema.safeParse(value);
  if (result.success) return { value: result.data };
  return { broken: { issues: result.error.issues as readonly Issue[], schema, value } };
}
