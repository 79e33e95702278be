import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { unwrap } from '../../client/index.ts';
import { testSecrets } from '../kit/cluster.ts';
import { charter, useDatabase } from '../kit/command.ts';
import { createDatabase } from '../kit/database.ts';
import { type Node, startNode } from '../kit/node.ts';
import { signUp } from '../kit/sign-up.ts';

const newer = 'a newer secret of at least 32 characters';
const both = [newer, ...testSecrets].join(',');

const parts = {} as { url: string; drop: () => Promise<void>; folder: string; nodes: Node[] };

beforeAll(async () => {
  const { url, drop } = await createDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'charter-rotation-'));
  Object.assign(parts, { url, drop, folder, nodes: [] });
  await writeFile(file(), testSecrets.join(','));
  parts.nodes.push(...(await Promise.all([start(file()), start(file())])));
});

afterAll(async () => {
  vi.unstubAllEnvs();
  await Promise.all(parts.nodes.map((node) => node.stop()));
  await parts.drop();
  await rm(parts.folder, { recursive: true });
});

const file = (name = 'keys') => join(parts.folder, name);

function start(SECRET_KEYS_FILE: string): Promise<Node> {
  return startNode({ DATABASE_URL: parts.url, SECRET_KEYS: '', SECRET_KEYS_FILE });
}

/** Signs up (which seals a mail), refreshes on the other process and uses what it gets. */
async function work(until: () => boolean, at: number): Promise<number> {
  const [here, there] = [parts.nodes[at % 2], parts.nodes[(at + 1) % 2]] as [Node, Node];
  let count = 0;
  while (!until()) {
    const { refreshToken } = await signUp(here);
    const pair = await unwrap(there.client().auth.refresh({ body: { refreshToken } }));
    await unwrap(here.client(pair.accessToken).me.get());
    count += 1;
  }
  return count;
}

it('secrets rotate under load on two processes without one failed request', async () => {
  let isOver = false;
  const load = Promise.all([0, 1, 2].map((at) => work(() => isOver, at)));
  // First they open what the newer one seals, then they seal with it.
  await changeTo([...testSecrets, newer].join(','), 1);
  await changeTo(both, 2);
  useDatabase(parts.url);
  vi.stubEnv('SECRET_KEYS', both);
  const { code, out } = await charter(['keys', 'rotate-encryption', '--json']);
  expect(code).toBe(0);
  const { done } = JSON.parse(out) as { done: { column: string; resealed: number }[] };
  expect(done.find(({ column }) => column === 'privateJwkSealed')?.resealed).toBe(1);
  isOver = true;
  const counts = await load;
  expect(counts.every((count) => count > 0)).toBe(true);
  // Nothing needs the older one: what starts without it opens the signing keys.
  await writeFile(file('newer'), newer);
  const alone = await start(file('newer'));
  parts.nodes.push(alone);
  const { token } = await signUp(alone);
  expect(await alone.client(token).me.get()).toMatchObject({ status: 200 });
});

/** The next change waits until both have seen this one. */
async function changeTo(content: string, times: number): Promise<void> {
  await writeFile(file(), content);
  const seen = new RegExp(`(a secret was read anew[^]*){${times}}`);
  await Promise.all(parts.nodes.map((node) => node.said(seen)));
}
