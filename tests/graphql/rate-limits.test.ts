import { expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { newAddress } from '../kit/credentials.ts';
import { fieldOf, graphqlOf } from '../kit/graphql.ts';
import { quickSession } from '../kit/quick-session.ts';

const app = useApp({
  TRUST_PROXY: 'loopback',
  RATE_LIMIT_PER_MINUTE: '5',
  RATE_LIMIT_CREDENTIALS_PER_MINUTE: '2',
  RATE_LIMIT_WRITE_PER_MINUTE: '2',
  RATE_LIMIT_READ_PER_MINUTE: '3',
});

const from = (address: string) => ({ 'x-forwarded-for': address });
const times = (count: number, field: string) =>
  Array.from({ length: count }, (_, at) => `a${at}: ${field}`).join(' ');
const refused = { code: 'rate_limited', status: 429, retryAfterSeconds: expect.any(Number) };

it('as many sign-ins as one request holds are as many as by HTTP', async () => {
  const address = newAddress();
  const login = 'login(input: { identifier: "nobody", password: "x" }) { ... on Problem { code } }';
  const { data } = await graphqlOf(app, from(address))(`mutation { ${times(4, login)} }`);
  const codes = Object.values(data ?? {}).map((one) => (one as { code: string }).code);
  expect(codes).toEqual([
    ...['invalid_credentials', 'invalid_credentials'],
    ...['rate_limited', 'rate_limited'],
  ]);
  const body = { identifier: 'nobody', password: 'x', delivery: 'cookie' };
  const byHttp = await app.request('/api/v1/auth/login', {
    method: 'POST',
    headers: { ...from(address), 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(byHttp.status).toBe(429);
});

it('reads and changes are counted one by one, by whoever asks', async () => {
  const { headers } = await quickSession(app);
  const ask = graphqlOf(app, { ...headers, ...from(newAddress()) });
  const { errors = [] } = await ask(`{ ${times(5, 'me { id }')} }`);
  expect(errors.map(({ extensions }) => extensions)).toMatchObject([refused, refused]);
  const changes = await ask(`mutation { ${times(3, 'updateMe { __typename }')} }`);
  expect(fieldOf(changes, 'a2')).toEqual({ __typename: 'Problem' });
  // From elsewhere, too: they are the same caller.
  const elsewhere = graphqlOf(app, { ...headers, ...from(newAddress()) });
  expect((await elsewhere('{ me { id } }')).errors?.[0]?.extensions).toMatchObject(refused);
});

it('the limit of an address counts requests, whatever they hold', async () => {
  const ask = graphqlOf(app, from(newAddress()));
  const answers = [];
  for (let time = 0; time < 6; time += 1) {
    answers.push(await ask(`{ ${times(3, '__typename')} }`));
  }
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 429]);
});
