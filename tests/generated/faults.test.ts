import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../contract/kit/operations.ts';
import { makeKey } from '../../server/features/api-keys/key-text.ts';
import { startApp, type TestApp } from '../kit/app.ts';
import { type Answer, ask } from '../kit/ask.ts';
import { tablesOf } from '../kit/content.ts';
import { eventually } from '../kit/eventually.ts';
import { named } from '../kit/operations.ts';
import { type QuickSession, quickSession } from '../kit/quick-session.ts';
import { goodInput } from './good-input.ts';

/** They read no table. */
const unaffected = [
  'health.liveness',
  'health.readiness',
  'signingKeys.list',
  'oidc.providers',
  'auth.options',
];
const affected = named.filter(([name]) => !unaffected.includes(name));

const parts = {} as { app: TestApp; caller: QuickSession; unlock: () => unknown };

function start(settings: Record<string, string> = {}) {
  beforeAll(async () => {
    // On a busy machine, a start may take longer than such a timeout allows: it begins anew then.
    const app = await eventually(() => startApp(settings));
    Object.assign(parts, { app, caller: await quickSession(app, { roles: ['admin'] }) });
  });
  afterAll(() => parts.app.close());
}

async function answerOf(operation: Operation): Promise<Answer> {
  const { headers, refreshToken } = parts.caller;
  const input = goodInput(
    operation,
    {},
    {
      refreshToken,
      token: refreshToken,
      client_secret: makeKey(randomUUIDv7()),
    },
  );
  return ask(parts.app, operation, { ...input, headers });
}

describe('without its tables', () => {
  start();
  beforeAll(async () => {
    await parts.app.db.raw('drop schema public cascade');
  });

  it.concurrent.each(affected)('%s says that the mistake is ours', async (_name, operation) => {
    const { status, code } = await answerOf(operation);
    expect([status, code]).toEqual([500, 'internal_error']);
  });
});

describe('while the database comes to no answer', () => {
  start({ DATABASE_STATEMENT_TIMEOUT_MS: '100' });
  beforeAll(async () => {
    const { db } = parts.app;
    const lock = await db.transaction();
    await lock.raw(`lock table ${(await tablesOf(db)).join()} in access exclusive mode`);
    parts.unlock = () => lock.rollback();
  });
  afterAll(() => parts.unlock());

  it.concurrent.each(affected)('%s says when to come back', async (_name, operation) => {
    const { status, code } = await answerOf(operation);
    expect([status, code]).toEqual([503, 'service_unavailable']);
  });
});
