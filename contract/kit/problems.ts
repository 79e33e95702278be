import * as z from 'zod';
import { findingCodes } from './findings.ts';
import { accountProblems } from './problems/accounts.ts';
import { graphqlProblems } from './problems/graphql.ts';
import { idempotencyProblems } from './problems/idempotency.ts';
import type { ProblemKind } from './problems/kind.ts';
import { requestProblems } from './problems/requests.ts';
import { rightsProblems } from './problems/rights.ts';
import { signInProblems } from './problems/sign-ins.ts';
import { tokenProblems } from './problems/tokens.ts';
import { webhookProblems } from './problems/webhooks.ts';
import { shown } from './scalars.ts';

/**
 * Every error code of the API, by what it is about. A code that is not here cannot be answered. Those of
 * a service that grows from this one stand here themselves.
 */
export const problems = {
  ...requestProblems,
  ...idempotencyProblems,
  ...signInProblems,
  ...tokenProblems,
  ...rightsProblems,
  ...accountProblems,
  ...webhookProblems,
  ...graphqlProblems,
} as const satisfies Record<string, ProblemKind>;

export type ProblemCode = keyof typeof problems;

/** By their status. */
export const problemCodes = Object.keys(problems).toSorted(
  (one, other) => statusOf(one) - statusOf(other),
) as [ProblemCode, ...ProblemCode[]];

function statusOf(code: string): number {
  return problems[code as ProblemCode].status;
}

/** One broken rule. `path` is dotted, empty for the whole part; the value is never repeated. */
export const InputError = z
  .object({
    in: z.enum(['body', 'query', 'path', 'headers']).describe('The part of the request.'),
    path: shown({ max: 500 }).describe(
      'The dotted place inside that part; empty for the whole part.',
    ),
    code: z.enum(findingCodes).describe('The broken rule, for programs: a closed list.'),
    message: shown({ max: 500 }).describe('The broken rule, for people.'),
  })
  .meta({
    id: 'InputError',
    description: 'One broken rule of the input.',
    examples: [
      { in: 'body', path: 'email', code: 'wrong_format', message: 'This is not an e-mail address' },
    ],
  });
export type InputError = z.infer<typeof InputError>;

/** Every error answer, after RFC 9457. */
export const Problem = z
  .object({
    type: z.url().max(2000).describe('The address of the page that explains the code.'),
    title: shown({ max: 100 }).describe('The code in words.'),
    status: z.int().min(400).max(599).describe('The HTTP status.'),
    detail: shown({ max: 500 }).describe('What happened this time.'),
    code: z.enum(problemCodes).describe('The stable code to program against.'),
    requestId: shown({ max: 128 }).describe(
      'The id of the request, as in the log and in `X-Request-Id`.',
    ),
    errors: z
      .array(InputError)
      .max(100)
      .optional()
      .describe('The broken rules, for invalid input.'),
  })
  .meta({
    id: 'Problem',
    description: 'An error, after RFC 9457.',
    examples: [
      {
        type: 'https://api.example.com/docs/problems/not_found',
        title: problems.not_found.title,
        status: 404,
        detail: 'There is no such user.',
        code: 'not_found',
        requestId: '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11',
      },
    ],
  });
export type Problem = z.infer<typeof Problem>;
