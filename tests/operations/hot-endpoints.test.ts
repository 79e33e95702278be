import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Client } from '../../client/index.ts';
import { unwrap } from '../../client/index.ts';
import { sending } from '../kit/credentials.ts';
import { quickSession } from '../kit/quick-session.ts';
import { type CountedApp, startCountedApp } from '../kit/statements.ts';

let app: CountedApp;
beforeAll(async () => {
  app = await startCountedApp();
});
afterAll(() => app.close());

/** How many statements the second of two equal requests costs: by then the caller is known. */
async function statementsOf(kind: 'cookie' | 'tokens', work: (client: Client) => Promise<unknown>) {
  const { headers } = await quickSession(app, { kind, roles: ['admin'] });
  const client = app.client(sending(headers));
  await work(client);
  return (await app.statementsDuring(() => work(client))).length;
}

const hot: [name: string, statements: number, work: (client: Client) => Promise<unknown>][] = [
  ['permissions.list', 0, (client) => unwrap(client.permissions.list())],
  ['me.get', 1, (client) => unwrap(client.me.get())],
  ['auth.session', 2, (client) => unwrap(client.auth.session())],
  ['sessions.list', 1, (client) => unwrap(client.sessions.list())],
  ['users.list', 1, (client) => unwrap(client.users.list({ limit: 2 }))],
];

describe('a request of a caller who is known', () => {
  it.each(hot)('%s costs %i statements, by token or by cookie', async (_name, statements, work) => {
    const costs = [await statementsOf('tokens', work), await statementsOf('cookie', work)];
    expect(costs).toEqual([statements, statements]);
  });
});

describe('a request of a caller who is not known yet', () => {
  it.each(['tokens', 'cookie'] as const)('costs one statement more: %s', async (kind) => {
    // The role table is in memory after the first request of anybody.
    await statementsOf(kind, (client) => unwrap(client.permissions.list()));
    const { headers } = await quickSession(app, { kind, roles: ['admin'] });
    const newcomer = app.client(sending(headers));
    const asked = await app.statementsDuring(() => unwrap(newcomer.permissions.list()));
    expect(asked).toHaveLength(1);
  });
});
