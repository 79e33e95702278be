import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, unwrap } from '../../client/index.ts';
import { newPerson } from '../kit/callers.ts';
import { createDatabase } from '../kit/database.ts';
import { decided } from '../kit/decided.ts';
import { type Node, startNode } from '../kit/node.ts';
import { makeAdministrator, signUp } from '../kit/sign-up.ts';
import { all, everyRound, oneAmong, race, rounds } from './rounds.ts';

describe('of twenty at once on two processes', () => {
  const parts = {} as { url: string; drop: () => Promise<void>; nodes: Node[]; admins: Client[] };

  beforeAll(async () => {
    const { url, drop } = await createDatabase();
    const settings = { DATABASE_URL: url, ACCESS_TOKEN_SECONDS: '3600' };
    const nodes = await Promise.all([startNode(settings), startNode(settings)]);
    const person = await signUp(nodes[0] as Node);
    await makeAdministrator(url, person.id);
    const admins = nodes.map((node) => node.client(person.token));
    Object.assign(parts, { url, drop, nodes, admins });
  });

  afterAll(async () => {
    await Promise.all(parts.nodes.map((node) => node.stop()));
    await parts.drop();
  });

  it('one sign-up wins an address', async () => {
    const { email } = newPerson();
    await everyRound(async (round) => {
      const body = () => ({ ...newPerson(), email: `${round}-${email}` });
      const statuses = await race((at) => client(at).auth.register({ body: body() }));
      expect(statuses).toEqual(oneAmong(201, 409));
    });
  });

  it('one update wins a username', async () => {
    const people = await all(() =>
      unwrap(decided(() => admin(0).users.create({ body: withoutPassword() }))),
    );
    await everyRound(async (round) => {
      const username = `wanted-${round}-${process.pid}`;
      const statuses = await race((at) =>
        admin(at).users.update({ userId: people[at]?.id ?? '', body: { username } }),
      );
      expect(statuses).toEqual(oneAmong(200, 409));
    });
  });

  it('one refresh rotates, and all get the same successor', async () => {
    const person = await signUp(parts.nodes[0] as Node);
    let { refreshToken } = person;
    await everyRound(async () => {
      const body = { refreshToken };
      const answers = await all((at) => unwrap(decided(() => client(at).auth.refresh({ body }))));
      const successors = new Set(answers.map((answer) => answer.refreshToken));
      expect(successors.size).toBe(1);
      refreshToken = answers[0]?.refreshToken ?? '';
    });
    expect(refreshToken.split('.')[1]).toBe(String(rounds));
  });

  it('one role of a name is created, and assigning it twenty times gives it once', async () => {
    const { id: userId } = await unwrap(admin(0).users.create({ body: withoutPassword() }));
    await everyRound(async (round) => {
      const name = `role-${round}`;
      const statuses = await race((at) => admin(at).roles.create({ body: { name } }));
      expect(statuses).toEqual(oneAmong(201, 409));
      const { items } = await unwrap(admin(0).roles.list({ limit: 200 }));
      const roleId = items.find((role) => role.name === name)?.id ?? '';
      if (round === rounds - 1) return;
      const given = await race((at) => admin(at).users.assignRole({ roleId, userId }));
      expect(new Set(given)).toEqual(new Set([204]));
    });
    const user = await unwrap(admin(0).users.get({ userId }));
    expect('roles' in user && user.roles).toHaveLength(rounds);
  });

  it('one rotates a key of their own, and the others learn nothing', async () => {
    const { token } = await signUp(node(0));
    const own = (at: number) => node(at).client(token).apiKeys;
    const { id } = await unwrap(own(0).create({ body: { name: 'chain', scopes: [] } }));
    await rotateInRounds(id, (keyId, at) => own(at).rotate({ keyId, body: atOnceNow }));
    const { items } = await unwrap(own(1).list());
    expect(items.filter(({ rotatedAt }) => rotatedAt === null)).toHaveLength(1);
  });

  it('one rotates a key of a service account', async () => {
    const { id: adminId, token } = await signUp(node(0));
    await makeAdministrator(parts.url, adminId);
    const accounts = (at: number) => node(at).client(token).serviceAccounts;
    const account = { name: `program-${process.pid}`, roles: ['admin'] };
    const { id: serviceAccountId } = await unwrap(
      decided(() => accounts(0).create({ body: account })),
    );
    const body = { name: 'chain', scopes: ['users:read' as const] };
    const first = await unwrap(accounts(0).createKey({ serviceAccountId, body }));
    const last = await rotateInRounds(first.id, (keyId, at) =>
      accounts(at).rotateKey({ serviceAccountId, keyId, body: atOnceNow }),
    );
    const statuses = await race((at) => node(at).client(last).users.list());
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(await node(1).client(first.key).users.list()).toMatchObject({ status: 401 });
  });

  it('one administrator stays, however many are demoted at once', async () => {
    const made = await all(() => {
      const body = { ...withoutPassword(), roles: ['admin'] };
      return unwrap(decided(() => admin(0).users.create({ body })));
    });
    const statuses = await race((at) => admin(at).users.remove({ userId: made[at]?.id ?? '' }));
    expect(new Set(statuses)).toEqual(new Set([204]));
  });

  it('one change wins what all have seen', async () => {
    const { id: userId } = await unwrap(
      decided(() => admin(0).users.create({ body: withoutPassword() })),
    );
    await everyRound(async (round) => {
      const { etag: ifMatch } = await decided(() => admin(0).users.get({ userId }));
      const statuses = await race((at) => {
        const body = { fullName: `by ${at} in ${round}` };
        return admin(at).users.update({ userId, ifMatch, body });
      });
      expect(statuses).toEqual(oneAmong(200, 412));
    });
  });

  const node = (at: number) => parts.nodes[at % 2] as Node;
  const client = (at: number) => node(at).client();
  const admin = (at: number) => parts.admins[at % 2] as Client;
});

/** Of its fifty keys, an owner then has one that works. */
const atOnceNow = { overlapSeconds: 0 };

interface Rotated {
  readonly status: number;
  readonly body?: { readonly id: string; readonly key: string } | undefined;
}

/** Each round rotates the successor of the round before; answers the last of them. */
async function rotateInRounds(
  first: string,
  rotate: (keyId: string, at: number) => Promise<Rotated>,
): Promise<string> {
  const successor = { id: first, key: '' };
  await everyRound(async () => {
    const keyId = successor.id;
    const statuses = await race(async (at) => {
      const answer = await rotate(keyId, at);
      if (answer.body) Object.assign(successor, answer.body);
      return answer;
    });
    expect(statuses).toEqual(oneAmong(200, 409));
  });
  return successor.key;
}

function withoutPassword() {
  const { email, username } = newPerson();
  return { email, username };
}
