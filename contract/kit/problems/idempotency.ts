import type { ProblemKind } from './kind.ts';

/** What an `Idempotency-Key` may be refused for. */
export const idempotencyProblems = {
  already_done: {
    status: 409,
    title: 'This was done before',
    prose:
      'A request with the same `Idempotency-Key` has succeeded, and its answer is not given again because it carried a secret. Nothing was done this time. If the secret was lost, remove what was made and make another one with a new key.',
  },
  idempotency_key_in_use: {
    status: 409,
    title: 'The same request is being worked on',
    prose:
      'A request with the same `Idempotency-Key` has begun and not yet ended. Repeat yours after `Retry-After` seconds: it gets the answer of the first one, or is done if that one failed.',
  },
  idempotency_key_reused: {
    status: 422,
    title: 'The key belongs to another request',
    prose:
      'The `Idempotency-Key` was sent before, with another input. Nothing was done. Make a new key for each thing that is to be done, and repeat a request exactly as it was.',
  },
} as const satisfies Record<string, ProblemKind>;
