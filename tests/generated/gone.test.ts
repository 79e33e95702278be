import { describe, expect, it } from 'vitest';
import { unwrap } from '../../client/index.ts';
import type { Operation } from '../../contract/kit/operations.ts';
import { refusal } from '../kit/answers.ts';
import { type TestApp, useApp } from '../kit/app.ts';
import { type Answer, ask } from '../kit/ask.ts';
import { insertRole, insertUser, roleIdOf } from '../kit/build.ts';
import { sending } from '../kit/credentials.ts';
import { named } from '../kit/operations.ts';
import { type QuickSession, quickSession } from '../kit/quick-session.ts';
import { goodInput } from './good-input.ts';
import { sample } from './sample.ts';

const app = useApp();

/** Straight in the database, so that nobody is told and memory goes on knowing the caller. */
const ends: Record<string, (app: TestApp, caller: QuickSession) => PromiseLike<unknown>> = {
  deactivated: ({ db, clock }, { userId }) =>
    db('users').where({ id: userId }).update({ deactivatedAt: clock.now() }),
  removed: ({ db, clock }, { userId }) =>
    db('users').where({ id: userId }).update({ deletedAt: clock.now() }),
  'removed with its sessions': async ({ db, clock }, { userId }) => {
    const now = clock.now();
    await db('users').where({ id: userId }).update({ deletedAt: now });
    await db('sessions').where({ userId }).update({ revokedAt: now });
  },
  purged: ({ db }, { userId }) => db('users').where({ id: userId }).delete(),
};

const known = named.filter(([, { access }]) => access.kind !== 'anyone');
const ownNouns = ['me', 'sessions', 'secondFactors', 'passkeys', 'identities', 'apiKeys', 'auth'];

/** Whether it reads the own account, or the database before anything else. */
function mustNotice({ noun, access }: Operation): boolean {
  return ownNouns.includes(noun) || 'exact' in access;
}

async function answersOf(operation: Operation): Promise<[how: string, Answer][]> {
  const { id: userId } = await insertUser(app);
  const roleId = await roleIdOf(app, await insertRole(app, []));
  const chosen = sample(Object.entries(ends), operation, { perKind: 1 });
  const asked = chosen.map(async ([how, end]): Promise<[string, Answer]> => {
    const caller = await aKnownCaller();
    await end(app, caller);
    const named = { userId, roleId, sessionId: caller.sessionId };
    const input = { ...goodInput(operation, named), headers: caller.headers };
    return [how, await ask(app, operation, input)];
  });
  return Promise.all(asked);
}

describe('a caller whose account is gone since the last call', () => {
  it.each(known)('is answered by %s as declared', async (_name, operation) => {
    const wrong = (await answersOf(operation)).filter(([, { status, code }]) =>
      mustNotice(operation) ? code !== 'unauthenticated' : status >= 500,
    );
    expect(wrong.map(([how, { status, code }]) => [how, status, code])).toEqual([]);
  });

  it.each(Object.entries(ends))('does not find it among all others: %s', async (_how, end) => {
    const caller = await aKnownCaller();
    await end(app, caller);
    const answer = await app.client(sending(caller.headers)).users.get({ userId: caller.userId });
    expect(answer).toMatchObject(refusal(401, 'unauthenticated'));
  });
});

/** An administrator who has called before. */
async function aKnownCaller(): Promise<QuickSession> {
  const caller = await quickSession(app, { roles: ['admin'] });
  await unwrap(app.client(sending(caller.headers)).me.get());
  return caller;
}
