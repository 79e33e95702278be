import { beforeAll, expect, it } from 'vitest';
import * as z from 'zod';
import { signedIn } from '../../contract/kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from '../../contract/kit/api.ts';
import type { Mount } from '../../server/app.ts';
import type { Handlers } from '../../server/operations/handlers.ts';
import { assertExpected } from '../../server/platform/expected.ts';
import { problem } from '../../server/platform/problem-error.ts';
import { useApp } from '../kit/app.ts';
import { type QuickSession, quickSession } from '../kit/quick-session.ts';

const Tea = z.object({ cups: z.int() });
const said = { summary: 'Tea', description: 'All about tea.' };
const place = { path: '/:teaId', pathParams: z.object({ teaId: z.string() }) } as const;
const tea = c.router(
  {
    get: {
      ...{ ...said, ...place, method: 'GET', responses: { 200: Tea } },
      metadata: { access: signedIn(), problems: ['not_found'], conditional: true },
    },
    remove: {
      ...{ ...said, ...place, method: 'DELETE', responses: { 204: c.noBody() } },
      metadata: { access: signedIn(), problems: ['not_found'], conditional: 'required' },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/tea`),
);

const cups = new Map<string, number>();
const mount: Mount = () => {
  const find = (teaId: string) => {
    const found = cups.get(teaId);
    if (found === undefined) throw problem('not_found');
    return { cups: found };
  };
  const handlers: Handlers<typeof tea> = {
    get: async ({ params }) => ({ status: 200, body: find(params.teaId) }),
    remove: async ({ params: { teaId }, expects }) => {
      await assertExpected(
        expects((row: { cups: number }) => row),
        () => find(teaId),
      );
      cups.delete(teaId);
      return { status: 204, body: undefined };
    },
  };
  return { contract: { tea }, tags: { tea: 'Tea.' }, features: { tea: { handlers } } };
};

const app = useApp({}, { mount });
const caller = {} as QuickSession;
beforeAll(async () => void Object.assign(caller, await quickSession(app)));

async function ask(method: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${app.url}${apiPrefix}/tea/green`, {
    method,
    headers: { ...caller.headers, ...headers },
  });
  const text = await answer.text();
  const { code } = (text === '' ? {} : JSON.parse(text)) as { code?: string };
  const [type, etag] = ['content-type', 'etag'].map((name) => answer.headers.get(name));
  return { status: answer.status, code, type, etag };
}

it('a change that requires a condition is refused without one, and does nothing', async () => {
  cups.set('green', 2);
  const { etag } = await ask('GET');
  const type = expect.stringMatching(/^application\/problem\+json/);
  const required = { status: 428, code: 'precondition_required', type };
  expect(await ask('DELETE')).toMatchObject(required);
  // Another condition is none.
  expect(await ask('DELETE', { 'If-None-Match': etag ?? '' })).toMatchObject(required);
  expect(cups.get('green')).toBe(2);
  cups.set('green', 3);
  const stale = { 'If-Match': etag ?? '' };
  expect(await ask('DELETE', stale)).toMatchObject({ status: 412, code: 'precondition_failed' });
  const seen = { 'If-Match': (await ask('GET')).etag ?? '' };
  expect(await ask('DELETE', seen)).toMatchObject({ status: 204 });
  expect(cups.size).toBe(0);
});

it('whoever may not call is told that, and not what is missing', async () => {
  const { status } = await fetch(`${app.url}${apiPrefix}/tea/green`, { method: 'DELETE' });
  expect(status).toBe(401);
});
