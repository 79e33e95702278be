import { decodeProtectedHeader } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bearer, type Client, createClient, tokensInMemory, unwrap } from '../../client/index.ts';
import { checkedFetch } from '../kit/app.ts';
import { charter, useDatabase } from '../kit/command.ts';
import { createDatabase } from '../kit/database.ts';
import { eventually } from '../kit/eventually.ts';
import { type Node, startNode } from '../kit/node.ts';
import { signUp } from '../kit/sign-up.ts';

const publishSeconds = 5;
const workers = 4;

const parts = {} as { url: string; drop: () => Promise<void>; nodes: Node[] };

beforeAll(async () => {
  const { url, drop } = await createDatabase();
  const settings = { DATABASE_URL: url, ACCESS_TOKEN_SECONDS: '30' };
  Object.assign(parts, { url, drop });
  parts.nodes = await Promise.all([startNode(settings), startNode(settings)]);
});

afterAll(async () => {
  await Promise.all(parts.nodes.map((node) => node.stop()));
  await parts.drop();
});

/** Signs in on one process, refreshes on the other, and uses each token on both. */
async function work(until: () => boolean, at: number, told: { kids: Set<string>; count: number }) {
  const [here, there] = [parts.nodes[at % 2], parts.nodes[(at + 1) % 2]] as [Node, Node];
  let { refreshToken } = await signUp(here);
  while (!until()) {
    const pair = await unwrap(there.client().auth.refresh({ body: { refreshToken } }));
    refreshToken = pair.refreshToken;
    told.kids.add(decodeProtectedHeader(pair.accessToken).kid ?? '');
    for (const node of [here, there, here, there]) {
      await unwrap(node.client(pair.accessToken).me.get());
      told.count += 1;
    }
  }
}

/** A client with one token, as long as it lives. */
async function holder(): Promise<Client> {
  const node = parts.nodes[0] as Node;
  const person = await signUp(node);
  const tokens = { accessToken: person.token, refreshToken: person.refreshToken };
  const credentials = bearer(tokensInMemory(tokens));
  return createClient({ baseUrl: (parts.nodes[1] as Node).url, fetch: checkedFetch, credentials });
}

it('two rotations under load on two processes fail not one request', async () => {
  useDatabase(parts.url);
  const told = { kids: new Set<string>(), count: 0 };
  let isOver = false;
  const load = Array.from({ length: workers }, (_, at) => work(() => isOver, at, told));
  const old = await holder();
  const running = Promise.all(load);
  const published: string[] = [];
  for (let rotation = 0; rotation < 2; rotation += 1) {
    const seconds = String(publishSeconds);
    const { out } = await charter(['keys', 'rotate', '--publish-seconds', seconds, '--json']);
    const { kid } = JSON.parse(out) as { kid: string };
    published.push(kid);
    await Promise.race([running, signsWith(kid, told.kids)]);
    await unwrap(old.me.get());
  }
  isOver = true;
  await running;
  expect(told.kids.size).toBe(3);
  expect([...told.kids]).toEqual(expect.arrayContaining(published));
  expect(told.count).toBeGreaterThan(100);
});

async function signsWith(kid: string, kids: ReadonlySet<string>): Promise<void> {
  await eventually(async () => {
    await unwrap((parts.nodes[0] as Node).client().signingKeys.list());
    if (!kids.has(kid)) throw new Error('The new key does not sign yet');
  });
}
