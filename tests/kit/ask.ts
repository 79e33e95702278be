import { expect } from 'vitest';
import { challengeOf } from '../../contract/kit/facets/errors.ts';
import type { Operation } from '../../contract/kit/operations.ts';
import type { TestApp } from './app.ts';
import { isLive } from './documented.ts';
import { type Input, requestOf } from './operations.ts';
import { codeIn } from './provoked.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The code of a problem. */
  readonly code: string | undefined;
}

/** Asks for an operation; whatever comes back must have what every answer has. */
export async function ask(app: TestApp, operation: Operation, input?: Input): Promise<Answer> {
  const response = await app.request(...requestOf(operation, input));
  const text = isLive(response) ? leave(response) : await response.text();
  const headers = Object.fromEntries(response.headers);
  const { status } = response;
  const code = status >= 400 ? codeIn(response.headers, text) : undefined;
  const answer = { status, headers, text, code };
  assertHeaders(operation, answer);
  return answer;
}

/** What has no end is left before it begins. */
function leave({ body }: Response): string {
  void body?.cancel();
  return '';
}

/** What the document cannot say of headers: those that follow from operation and status. */
export function assertHeaders(operation: Operation, { status, headers, code }: Answer): void {
  const isRefused = status >= 400;
  const what = `${operation.name} → ${status}`;
  expect(headers, what).toMatchObject({
    'x-request-id': expect.stringMatching(/^[\w.:-]{8,128}$/),
    'cache-control': isRefused ? 'no-store' : operation.cacheControl,
    vary: ['Origin', ...(isRefused ? [] : [operation.vary ?? []].flat())].join(', '),
    ...(status === 401 && { 'www-authenticate': challengeOf(operation.errors) }),
    ...([429, 503].includes(status) && { 'retry-after': expect.stringMatching(/^\d+$/) }),
  });
  if (isRefused && !(status in operation.route.responses)) expect(code, what).toBeDefined();
  expect(headers, what).not.toHaveProperty('x-powered-by');
  if (!operation.sends.has('Set-Cookie')) expect(headers, what).not.toHaveProperty('set-cookie');
}
