import { type OAuthError, oauthErrorOf } from '../kit/facets/errors.ts';
import type { Json } from '../kit/json.ts';
import { type ProblemCode, problems } from '../kit/problems.ts';

/** The body of refusals after RFC 6749. */
export function oauthContent(codes: readonly ProblemCode[], examples: Json): Record<string, Json> {
  const words = [...new Set(codes.map((code) => oauthExample(code).error))].sort();
  const narrowed = {
    type: 'object',
    required: ['error'],
    properties: { error: { type: 'string', enum: words } },
  };
  return {
    'application/json': {
      schema: { allOf: [{ $ref: '#/components/schemas/OAuthError' }, narrowed] },
      examples,
    },
  };
}

/** What an OAuth library gets to see for a code. */
export function oauthExample(code: ProblemCode, publicUrl = 'https://api.example.com'): OAuthError {
  return oauthErrorOf(code, `${problems[code].title}.`, publicUrl);
}
