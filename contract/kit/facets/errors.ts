import * as z from 'zod';
import { service } from '../../service.ts';
import { type ProblemCode, problems } from '../problems.ts';
import { shown } from '../scalars.ts';
import type { Facet } from './facet.ts';

export interface ErrorsMetadata {
  /** Refusals look as OAuth libraries expect them (RFC 6749, 5.2), and not as problems. */
  readonly errors?: 'oauth';
}

export const errors: Facet<ErrorsMetadata, 'oauth'> = {
  read: ({ metadata }) => metadata.errors,
  problems: [],
  headers: [],
  describe: (shape) => ({ 'x-errors': shape }),
};

const words = [
  'invalid_request',
  'invalid_client',
  'unauthorized_client',
  'unsupported_grant_type',
  'invalid_scope',
  'server_error',
  'temporarily_unavailable',
] as const;

export type OAuthWord = (typeof words)[number];

/** A refusal after RFC 6749. Its problem is behind `error_uri`, for whoever wants to know more. */
export const OAuthError = z
  .object({
    error: z.enum(words).describe('What RFC 6749 calls it (4.1.2.1, 5.2).'),
    error_description: shown({ max: 500 }).describe('What happened this time.'),
    error_uri: z.url().max(2000).describe('The page that explains it.'),
  })
  .meta({
    id: 'OAuthError',
    description: 'A refusal after RFC 6749.',
    examples: [
      {
        error: 'invalid_client',
        error_description: 'The client is not known.',
        error_uri: 'https://api.example.com/docs/problems/invalid_client',
      },
    ],
  });
export type OAuthError = z.infer<typeof OAuthError>;

const isWord = (code: string): code is OAuthWord => (words as readonly string[]).includes(code);

/** What OAuth calls a problem: by its own name, else by whose mistake it is. */
export function oauthWordOf(code: ProblemCode): OAuthWord {
  const { status } = problems[code];
  if (isWord(code)) return code;
  if (status === 429 || status === 503) return 'temporarily_unavailable';
  return status >= 500 ? 'server_error' : 'invalid_request';
}

/** RFC 6749, 5.2: 400 for what is wrong with the input. What HTTP itself refuses stays as it is. */
export function statusOf(code: ProblemCode, shape: 'oauth' | undefined): number {
  return shape === 'oauth' && code === 'validation_failed' ? 400 : problems[code].status;
}

// RFC 6749, 5.2: no quotes, no backslashes, ASCII only.
const notAllowed = /[^\x20\x21\x23-\x5b\x5d-\x7e]/g;

export function oauthErrorOf(code: ProblemCode, description: string, publicUrl: string) {
  return {
    error: oauthWordOf(code),
    error_description: description.replaceAll('"', "'").replace(notAllowed, '?').slice(0, 500),
    error_uri: `${publicUrl}/docs/problems/${code}`,
  } satisfies OAuthError;
}

/** How to authenticate, on a 401: here as a client (RFC 7617), elsewhere as a caller (RFC 6750). */
export function challengeOf(shape: 'oauth' | undefined): string {
  return shape === 'oauth' ? `Basic realm="${service.name}"` : 'Bearer';
}
