import { beforeAll, describe, expect, it } from 'vitest';
import type { LimitGroup } from '../../contract/kit/facets/limit.ts';
import type { Operation } from '../../contract/kit/operations.ts';
import { useApp } from '../kit/app.ts';
import { type Answer, ask, assertHeaders } from '../kit/ask.ts';
import { named, operations, refusedBody } from '../kit/operations.ts';
import { quickSession } from '../kit/quick-session.ts';

// Every answer to `ask` is looked at by `assertHeaders`, in all generated tests.
const app = useApp({
  RATE_LIMIT_CREDENTIALS_PER_MINUTE: '1',
  RATE_LIMIT_WRITE_PER_MINUTE: '1',
  RATE_LIMIT_READ_PER_MINUTE: '1',
});

const harmless: Record<LimitGroup, string> = {
  credentials: 'auth.revoke',
  write: 'sessions.end',
  read: 'me.get',
};

function operationOf(name: string): Operation {
  const operation = operations.find((one) => one.name === name);
  if (!operation) throw new Error(`The contract has no ${name}`);
  return operation;
}

describe('one request too many', () => {
  let headers: Record<string, string>;
  beforeAll(async () => {
    ({ headers } = await quickSession(app, { roles: ['admin'] }));
  });

  it.each(named)('is refused by %s with the time to wait', async (_name, operation) => {
    const first = operationOf(harmless[operation.limit ?? 'read']);
    await ask(app, first, { ...refusedBody(first), headers });
    if (operation.access.kind === 'anyone') await ask(app, operation, refusedBody(operation));
    const { status } = await ask(app, operation, { ...refusedBody(operation), headers });
    expect(status === 429).toBe(operation.limit !== undefined);
  });
});

it('never comes for a probe, and for nothing else but probes is there no limit', () => {
  const free = operations.filter(({ limit }) => limit === undefined).map(({ name }) => name);
  expect(free).toEqual(['health.liveness', 'health.readiness']);
});

it('an answer in anything but JSON is refused by whatever declares that it is', async () => {
  const declaring = operations.filter(({ problems }) => problems.has('not_acceptable'));
  const headers = { Accept: 'text/html' };
  const answers = await Promise.all(declaring.map((one) => ask(app, one, { headers })));
  expect(answers.map(({ code }) => code)).toEqual(declaring.map(() => 'not_acceptable'));
});

describe('what every answer must have', () => {
  const operation = operationOf('me.get');
  let answer: Answer;
  const without = (name: string): Answer => {
    const { [name]: _, ...headers } = answer.headers;
    return { ...answer, headers };
  };

  it.each(['x-request-id', 'cache-control', 'www-authenticate'])(
    'is missed without %s',
    async (name) => {
      answer = await ask(app, operation);
      expect(() => assertHeaders(operation, without(name))).toThrow();
    },
  );

  it('is missed without a code, without a time to wait, and with a cookie too many', async () => {
    answer = await ask(app, operation);
    const { headers } = answer;
    const wrong = [
      { ...answer, code: undefined },
      { ...answer, status: 503 },
      { ...answer, headers: { ...headers, 'set-cookie': 'a=b' } },
      { ...answer, headers: { ...headers, 'x-powered-by': 'Express' } },
    ];
    for (const one of wrong) expect(() => assertHeaders(operation, one)).toThrow();
  });
});
