import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { isAuthenticatedPost } from '../../contract/kit/facets/idempotency.ts';
import { hasInput, type Operation } from '../../contract/kit/operations.ts';
import { answersSealed, KeptAnswer } from '../../server/platform/idempotency/kept-answer.ts';
import { KeptAnswers } from '../../server/platform/idempotency/kept-answers.ts';
import { useApp } from '../kit/app.ts';
import { type Answer, ask } from '../kit/ask.ts';
import { type Input, named } from '../kit/operations.ts';
import { type QuickSession, quickSession } from '../kit/quick-session.ts';
import { goodInput } from './good-input.ts';

const app = useApp();
const callers = {} as { one: QuickSession; other: QuickSession };
type By = keyof typeof callers;

beforeAll(async () => {
  const anAdministrator = () => quickSession(app, { roles: ['admin'] });
  const [one, other] = await Promise.all([anAdministrator(), anAdministrator()]);
  Object.assign(callers, { one, other });
});

const keyed = named.filter(([, { idempotency }]) => idempotency !== undefined);

describe('an operation that takes an Idempotency-Key', () => {
  const posts = named.filter(([, { route }]) => isAuthenticatedPost(route as never));

  it.each(posts)('says so, or that it takes none: %s', (_name, { route, idempotency }) => {
    const { idempotency: said } = route.metadata as { idempotency?: string };
    expect(said ?? idempotency).toBeDefined();
  });

  it('is one of them, and every one that creates for somebody known', () => {
    const authenticated = posts.map(([name]) => name);
    expect(authenticated).toEqual(expect.arrayContaining(keyed.map(([name]) => name)));
    const creating = named.filter(([, { route }]) => 201 in route.responses);
    const without = creating.filter(([, { idempotency }]) => idempotency === undefined);
    expect(without.map(([, { access }]) => access.kind)).toEqual(without.map(() => 'anyone'));
  });
});

it.each(keyed)('%s is done once with a key', async (_name, operation) => {
  const key = randomUUID();
  const input = await inputFor(operation);
  const broken = await send(operation, '"broken', input);
  expect(broken).toMatchObject({ status: 422, code: 'validation_failed' });
  expect(broken.text).toContain('"path":"idempotency-key"');

  const release = await claim(operation, key);
  const early = await send(operation, key, input);
  await release();
  expect(early).toMatchObject({ status: 409, code: 'idempotency_key_in_use' });
  expect(early.headers['retry-after']).toBe('1');

  const first = await send(operation, key, input);
  expect(first.status).toBeLessThan(300);
  expect(first.headers).not.toHaveProperty('idempotency-replayed');
  assertAgain(operation, first, await send(operation, key, input));

  const more = await inputFor(operation);
  if (hasInput(operation.route)) {
    const other = await send(operation, key, more);
    expect(other).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
  }
  const stranger = await send(operation, key, await inputFor(operation, 'other'), 'other');
  expect(stranger.status).toBeLessThan(300);
  expect(stranger.headers).not.toHaveProperty('idempotency-replayed');
  await assertOneEntryEach(operation);
});

it('keeps no answer that carries a secret', async () => {
  const kept = await KeptAnswer.query(app.db);
  for (const { id, operation, sealedAnswer } of kept) {
    const opened = JSON.parse(app.platform.secretKeys.open(sealedAnswer, answersSealed.about(id)));
    const by = keyed.find(([, { operationId }]) => operationId === operation)?.[1].idempotency;
    expect('answer' in opened).toBe(by?.keeps === 'answer');
  }
  expect(new Set(kept.map(({ operation }) => operation)).size).toBe(keyed.length);
});

function assertAgain({ idempotency }: Operation, first: Answer, again: Answer): void {
  if (idempotency?.keeps === 'nothing') {
    expect(again).toMatchObject({ status: 409, code: 'already_done' });
    return;
  }
  expect(again).toMatchObject({ status: first.status, text: first.text });
  const { location, 'content-type': type, 'content-length': length } = first.headers;
  const same = { location, 'content-type': type, 'content-length': length };
  expect({ ...first.headers, ...again.headers }).toMatchObject({
    ...JSON.parse(JSON.stringify(same)),
    'idempotency-replayed': 'true',
  });
}

function send(operation: Operation, key: string, input: Input, by: By = 'one') {
  const headers = { ...callers[by].headers, 'Idempotency-Key': key };
  return ask(app, operation, { ...input, headers });
}

/** As whoever is at it already. */
async function claim({ operationId }: Operation, key: string): Promise<() => Promise<unknown>> {
  const scope = { actor: callers.one.userId, by: undefined, operation: operationId, key };
  const first = await app.db.transaction();
  await new KeptAnswers(app.platform).claim(first as never, scope);
  return () => first.rollback();
}

/** Input that gets through, with things of its own in the address. */
async function inputFor({ route, ...operation }: Operation, by: By = 'one'): Promise<Input> {
  const params: Record<string, string> = {};
  for (const [place, name = ''] of route.path.matchAll(/\/:(\w+)/g)) {
    const creation = creationOf(route.path.slice(0, route.path.indexOf(place)), place);
    const { text } = await send(creation, randomUUID(), goodInput(creation, params), by);
    params[name] = JSON.parse(text).id;
  }
  return goodInput({ ...operation, route }, params);
}

/** What makes the thing that an address names: below the same address, or where it is read. */
function creationOf(collection: string, place: string): Operation {
  const read = named.find(([, { route }]) => route.method === 'GET' && route.path.endsWith(place));
  const makes = (path: string | undefined) => keyed.find(([, { route }]) => route.path === path);
  const [, operation] = makes(collection) ?? makes(read?.[1].route.path.replace(place, '')) ?? [];
  if (!operation) throw new Error(`Nothing makes what ${collection}${place} names`);
  return operation;
}

/** Whatever the first caller did has one entry in the audit and one answer. */
async function assertOneEntryEach({ operationId: operation }: Operation): Promise<void> {
  const by = { operation, actor: callers.one.userId };
  const entries = await app.db('auditEntries').where({ ...by, result: 'done' });
  expect(entries).toHaveLength(await KeptAnswer.query(app.db).where(by).resultSize());
}
