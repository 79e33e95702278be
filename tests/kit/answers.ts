import { expect } from 'vitest';
import type { InputError, Problem } from '../../client/index.ts';

/** For `toMatchObject`: a refusal with this status and code; for invalid input also where. */
export function refusal(status: number, code: Problem['code'], ...errors: Partial<InputError>[]) {
  return { status, problem: { status, code, ...(errors.length > 0 && { errors }) } };
}

/** The same where OAuth libraries call (RFC 6749): its problem is behind the address. */
export function oauthRefusal(status: number, error: string, code: Problem['code']) {
  const page = expect.stringMatching(`/docs/problems/${code}$`);
  return { status, body: { error, error_uri: page } };
}

/** For `toMatchObject`: one field of the body breaks a rule. */
export function invalid(path: string, code?: InputError['code']) {
  return refusal(422, 'validation_failed', { in: 'body', path, ...(code && { code }) });
}

/** How often each status came, as `{ 201: 1, 409: 19 }`. */
export function tally(answers: readonly { status: number }[]): Record<number, number> {
  const groups = Object.groupBy(answers, ({ status }) => status);
  return Object.fromEntries(
    Object.entries(groups).map(([status, group]) => [status, group?.length ?? 0]),
  );
}
