import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { anyone } from '../../contract/kit/access.ts';
import { c, type Endpoints, under } from '../../contract/kit/api.ts';
import { hasInput } from '../../contract/kit/operations.ts';
import { useApp } from '../kit/app.ts';
import { ask } from '../kit/ask.ts';
import { named } from '../kit/operations.ts';
import { quickSession } from '../kit/quick-session.ts';

const app = useApp();
const anAdministrator = async () => (await quickSession(app, { roles: ['admin'] })).headers;
const from = { origin: 'graphql', address: '203.0.113.1' } as const;

describe('input that nobody asked for, on the way without HTTP', () => {
  const odd = { params: { a: 'b\0' }, query: { a: '1\0' }, headers: { a: '1' }, body: { a: '\0' } };
  const takingNothing = named.filter(([, { route }]) => !hasInput(route));

  it.each(takingNothing)('means nothing to %s, as by HTTP', async (name, operation) => {
    const [one, other] = [await anAdministrator(), await anAdministrator()];
    const call = { ...from, caller: { authorization: one.Authorization } };
    const { status } = await app.perform(name, { ...call, input: odd });
    expect(status).toBe((await ask(app, operation, { headers: other })).status);
    expect(status).not.toBe(422);
  });
});

describe('an operation that takes headers', () => {
  const headers = z.object({ 'x-cups': z.string().regex(/^\d$/, 'Write a digit') });
  const endpoint = {
    method: 'GET',
    summary: 'Pour tea',
    description: 'Pours as many cups as the header says.',
    responses: { 200: z.object({}) },
    metadata: { access: anyone },
  } as const;
  const contract = c.router(
    {
      byOne: { ...endpoint, path: '/by-one', headers },
      byEach: { ...endpoint, path: '/by-each', headers: headers.shape },
    } satisfies Endpoints,
    under('/tea'),
  );
  const pour = async () => ({ status: 200, body: {} });
  const mounted = {
    contract: { tea: contract },
    tags: {},
    features: { tea: { handlers: { byOne: pour, byEach: pour } } },
  };
  const tea = useApp({}, { mount: () => mounted });

  it.each(['byOne', 'byEach'] as const)(
    'judges them whichever way they came in: %s',
    async (verb) => {
      const ways = async (cups: Record<string, string>) => {
        const byHttp = await fetch(tea.url + contract[verb].path, { headers: cups });
        const direct = await tea.perform(`tea.${verb}`, { ...from, input: { headers: cups } });
        return [(await byHttp.json()) as object, direct.body];
      };
      expect(await ways({ 'x-cups': '3' })).toEqual([{}, {}]);
      const errors = [{ in: 'headers', path: 'x-cups', code: 'wrong_format' }];
      const refused = { code: 'validation_failed', errors };
      expect(await ways({ 'x-cups': 'many' })).toMatchObject([refused, refused]);
    },
  );
});
