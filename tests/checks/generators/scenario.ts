import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Caller } from './caller.ts';

/** What a stranger does first. The answers must arrive whole, whoever wrote the client. */
export async function play(caller: Caller): Promise<void> {
  const name = `g-${randomUUID().slice(0, 18)}`;
  const person = { email: `${name}@example.com`, username: name, password: `a fine day, ${name}` };

  const signedUp = await caller.signUp(person);
  assert.equal(signedUp.status, 201);

  // Well-formed after the document, and refused by a rule of the server.
  const refused = await caller.signUp({ ...person, username: 'admin' });
  assert.equal(refused.status, 422);
  assert.equal(refused.problem?.code, 'validation_failed');
  assert.deepEqual(
    refused.problem.errors?.map(({ path }) => path),
    ['username'],
  );

  const stranger = await caller.listUsers({ limit: 1 });
  assert.equal(stranger.status, 401);
  assert.equal(stranger.problem?.code, 'unauthenticated');
  assert.match(stranger.problem.requestId, /^[\w.:-]{8,128}$/);

  const signedIn = await caller.signIn(person);
  assert.equal(signedIn.status, 200);
  assert.ok(signedIn.body, 'A sign-in with tokens is told apart from one with a cookie');
  const { accessToken, refreshToken } = signedIn.body;
  assert.ok(accessToken && refreshToken, 'The tokens are in the answer');

  const ids = await allUsers(caller, accessToken);
  assert.ok(ids.length > 1, 'There is more than one page');
  assert.equal(new Set(ids).size, ids.length, 'No account is listed twice');
}

async function allUsers(caller: Caller, token: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const { status, body } = await caller.listUsers({ token, limit: 1, ...(cursor && { cursor }) });
    assert.equal(status, 200);
    assert.ok(body);
    ids.push(...body.items.map(({ id }) => id));
    cursor = body.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return ids;
}
