import { beforeAll, expect, it } from 'vitest';
import { isPageOperation, type Operation } from '../../contract/kit/operations.ts';
import { useApp } from '../kit/app.ts';
import { ask } from '../kit/ask.ts';
import { inputsOf, operations } from '../kit/operations.ts';
import { quickSession } from '../kit/quick-session.ts';
import { goodInput } from './good-input.ts';

const app = useApp();

const lists = operations.filter(isPageOperation);
const pathOf = ({ route }: Operation) => route.path;
/** The addresses of lists that have a row: what `POST` there added, and the audit of it. */
const filled = new Set(['/api/v1/audit']);

beforeAll(async () => {
  const { headers } = await quickSession(app, { roles: ['admin'] });
  const paths = lists.map(pathOf);
  for (const operation of operations) {
    const path = pathOf(operation);
    if (operation.route.method !== 'POST' || !paths.includes(path)) continue;
    const { status } = await ask(app, operation, { ...goodInput(operation), headers });
    if (status === 201) filled.add(path);
  }
});

it('looks at rows of lists', () => {
  expect(filled).toEqual(new Set([...filled, '/api/v1/users', '/api/v1/roles']));
});

/** For `it.each`: every order of every list. */
const orders = lists.flatMap((operation) => {
  const sort = inputsOf(operation).query.find(({ name }) => name === 'sort')?.schema;
  const names = (sort?.enum ?? []) as string[];
  return names.map((order) => [operation.name, order, operation] as const);
});

/** Somebody who may just call it. */
async function callerOf({ access }: Operation) {
  const permissions = access.kind === 'requires' ? [access.permission] : [];
  return quickSession(app, { permissions });
}

it.each(orders)(
  '%s sorts by %s only for whom each row shows it',
  async (_name, order, operation) => {
    const { headers } = await callerOf(operation);
    const answer = await ask(app, operation, { headers, query: `sort=${order}` });
    // Refused, or below a thing that is not there.
    if (answer.status === 403 || answer.status === 404) return;
    const { items } = JSON.parse(answer.text) as { items: object[] };
    expect(items.length).toBeGreaterThanOrEqual(filled.has(pathOf(operation)) ? 1 : 0);
    for (const item of items) expect(item).toHaveProperty(order.replace('-', ''));
  },
);

const namedLists = lists.map((operation) => [operation.name, operation] as const);

it.each(namedLists)('%s can be gone on with from any row', async (_name, operation) => {
  const { headers } = await callerOf(operation);
  const look = async (query: string) => {
    const { status, text } = await ask(app, operation, { headers, query });
    // Below a thing that is not there.
    return status === 404 ? undefined : (JSON.parse(text) as Listed);
  };
  const page = await look('includeCursors=true');
  if (!page) return;
  const { items, cursors = [] } = page;
  expect(cursors).toHaveLength(items.length);
  expect(items.length).toBeGreaterThanOrEqual(filled.has(pathOf(operation)) ? 1 : 0);
  for (const [at, cursor] of [...cursors.entries()].slice(0, 3)) {
    const next = await look(`limit=1&cursor=${encodeURIComponent(cursor)}`);
    expect(next?.items).toEqual(items.slice(at + 1, at + 2));
  }
  expect(await look('limit=1')).not.toHaveProperty('cursors');
});

interface Listed {
  readonly items: object[];
  readonly cursors?: string[];
}

/** For `it.each`: every range of every list, by the parameter of its end. */
const ranges = lists.flatMap((operation) => {
  const names = inputsOf(operation).query.map(({ name }) => name);
  const ends = names.filter((name) => /^before$|Before$/.test(name));
  return ends.map((end) => [operation.name, end, operation] as const);
});

it.each(ranges)('%s refuses a range whose %s lies before its start', async (_name, end, list) => {
  const start = end.replace('before', 'from').replace('Before', 'From');
  const { headers } = await quickSession(app, { roles: ['admin'] });
  const query = `${start}=2026-02-01T00:00:00Z&${end}=2026-01-01T00:00:00Z`;
  const answer = await ask(app, list, { headers, query });
  expect([answer.status, JSON.parse(answer.text)]).toMatchObject([
    422,
    { errors: [{ in: 'query', path: end, code: 'reversed_range' }] },
  ]);
});

it('finds the ranges that there are', () => {
  expect(ranges.map(([name, end]) => `${name} ${end}`)).toEqual(
    expect.arrayContaining(['users.list createdBefore', 'audit.list before']),
  );
});
