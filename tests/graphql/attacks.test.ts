import { expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { quickSession } from '../kit/quick-session.ts';
import { type Attack, exceeds, invalid, performed, plain, unreadable } from './attacks.ts';

const app = useApp({ GRAPHQL_INTROSPECTION: 'false' });

let sent = 0;

async function attack(make: Attack, headers: Record<string, string>) {
  sent += 1;
  const response = await app.request('/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/graphql-response+json',
      ...headers,
    },
    body: make(`Q${sent}`),
  });
  const body = (await response.json()) as Record<string, unknown> & { errors?: GraphqlErrors };
  return { status: response.status, type: response.headers.get('content-type'), body };
}

type GraphqlErrors = readonly { message: string; extensions: Record<string, unknown> }[];

it.each(Object.entries(exceeds))('refuses %s', async (_what, [limit, make]) => {
  const { headers } = await quickSession(app);
  const { status, body } = await attack(make, headers);
  expect(status).toBe(400);
  expect(body.errors).toHaveLength(1);
  expect(body.errors?.[0]?.extensions).toMatchObject({
    ...{ code: 'document_too_costly', limit, status: 400 },
    requestId: expect.any(String),
  });
});

it.each(Object.entries(invalid))('refuses %s', async (_what, make) => {
  // Nobody is signed in: what has no sense has none for anybody.
  const { status, body } = await attack(make, {});
  expect(status).toBe(400);
  expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'invalid_document', status: 400 });
  const text = JSON.stringify(body);
  expect(text).not.toMatch(/did you mean|hidden/i);
});

it.each(Object.entries(unreadable))('refuses %s', async (_what, make) => {
  const { headers } = await quickSession(app);
  const { status, type, body } = await attack(make, headers);
  expect([status, body['code']]).toEqual([400, 'malformed_request']);
  expect(type).toBe('application/problem+json; charset=utf-8');
});

it.each(Object.entries(performed))('is not impressed by %s', async (_what, [make, code]) => {
  const { headers } = await quickSession(app, { permissions: ['users:read'] });
  const { status, body } = await attack(make, headers);
  expect([status, body.errors?.[0]?.extensions['code']]).toEqual([200, code]);
});

it('works for no attack much longer than for what is plain', async () => {
  const { headers } = await quickSession(app);
  const attacks = [
    ...Object.values(exceeds).map(([, make]) => make),
    ...Object.values(invalid),
    ...Object.values(unreadable),
  ];
  const cpuOf = async (make: Attack, rounds: number) => {
    const before = process.cpuUsage();
    for (let round = 0; round < rounds; round += 1) await attack(make, headers);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / rounds;
  };
  for (const make of [plain, ...attacks]) await cpuOf(make, 1);
  const usual = await cpuOf(plain, 20);
  const ratios = [];
  for (const make of attacks) ratios.push((await cpuOf(make, 5)) / usual);
  expect(Math.max(...ratios)).toBeLessThan(10);
});
