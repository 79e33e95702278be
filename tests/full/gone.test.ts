import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, unwrap } from '../../client/index.ts';
import { createDatabase } from '../kit/database.ts';
import { type Node, startNode } from '../kit/node.ts';
import { makeAdministrator, signUp } from '../kit/sign-up.ts';

const removals = 8;

const calls: Record<string, (client: Client) => Promise<{ status: number }>> = {
  'me.get': (client) => client.me.get(),
  'me.update': (client) => client.me.update({ body: { fullName: 'Ada King' } }),
  'me.changePassword': (client) =>
    client.me.changePassword({ body: { newPassword: 'a quiet river at dawn' } }),
  'auth.session': (client) => client.auth.session(),
  'sessions.list': (client) => client.sessions.list(),
  'sessions.endOthers': (client) => client.sessions.endOthers(),
};

describe('a caller whose account another process removes', () => {
  const parts = {} as { drop: () => Promise<void>; here: Node; there: Node; admin: Client };

  beforeAll(async () => {
    const { url, drop } = await createDatabase();
    // Hashes that cost little: nobody is refused because hashing is busy.
    const settings = { DATABASE_URL: url, PASSWORD_HASH_MEMORY_KIB: '1024' };
    const [here, there] = await Promise.all([startNode(settings), startNode(settings)]);
    const person = await signUp(there);
    await makeAdministrator(url, person.id);
    Object.assign(parts, { drop, here, there, admin: there.client(person.token) });
  });

  afterAll(async () => {
    await Promise.all([parts.here.stop(), parts.there.stop()]);
    await parts.drop();
  });

  it.each(Object.entries(calls))(
    'is served by %s or refused with 401, at every moment',
    async (_name, call) => {
      for (let round = 0; round < removals; round += 1) {
        const { id: userId, token } = await signUp(parts.here);
        const client = parts.here.client(token);
        expect((await call(client)).status).toBeLessThan(300);
        // One after the other: of two changes of a password at once, one is refused with 403.
        const statuses = untilGone(client, call);
        await unwrap(parts.admin.users.remove({ userId }));
        expect((await statuses).filter((status) => status >= 300)).toEqual([401]);
      }
    },
    120_000,
  );
});

/** Asks as fast as it can; every status up to the first 401, or to whatever else is no success. */
async function untilGone(client: Client, call: (client: Client) => Promise<{ status: number }>) {
  const seen: number[] = [];
  while ((seen.at(-1) ?? 0) < 300) seen.push((await call(client)).status);
  return seen;
}
