import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Client, unwrap } from '../../client/index.ts';
import { tally } from '../kit/answers.ts';
import { publicUrl, type TestApp } from '../kit/app.ts';
import { newPerson } from '../kit/callers.ts';
import { eventually } from '../kit/eventually.ts';
import { installedPostgres } from '../kit/installed-postgres.ts';
import { type Node, startNode } from '../kit/node.ts';
import { endProcesses } from '../kit/process.ts';
import { databaseProxy } from '../kit/proxy.ts';
import { quickSession } from '../kit/quick-session.ts';
import { aReader, readsOf, useReplicated } from '../kit/replicated.ts';

const database = useReplicated();
let app: TestApp;

const manages = ['users:read', 'users:manage', 'audit:read'] as const;
// What hangs is to be found out soon; what is the primary's has the usual patience.
const settings = { DATABASE_CONNECT_TIMEOUT_MS: '1000', REPLICA_LAG_SECONDS: '30' };

/** Callers who read until they are told to stop; answers how often each status came. */
async function whileReading(
  service: TestApp,
  work: () => Promise<void>,
): Promise<Record<number, number>> {
  const callers = await Promise.all(
    Array.from({ length: 8 }, () => aReader([service], ...manages)),
  );
  const [writer] = await aReader([service], ...manages);
  let isOver = false;
  const answers: { status: number }[] = [];
  const read = async (client: Client) => {
    while (!isOver) answers.push(await client.users.list(), await client.audit.list());
  };
  const write = async () => {
    while (!isOver) answers.push(await writer.users.create({ body: newPerson() }));
  };
  const all = [...callers.map(([client]) => read(client)), write()];
  await work().finally(() => {
    isOver = true;
  });
  await Promise.all(all);
  return tally(answers);
}

async function becomes(service: TestApp, reason: string): Promise<void> {
  const { [reason]: before = 0 } = await readsOf(service);
  await eventually(async () => {
    const { [reason]: now = 0 } = await readsOf(service);
    expect(now).toBeGreaterThan(before + 10);
  });
}

afterAll(endProcesses);
beforeAll(async () => {
  if (!installedPostgres) return;
  app = await database.start(settings);
  await eventually(() => expect(app.platform.databases.replica?.trouble).toBeUndefined());
});

describe.runIf(installedPostgres)('nobody is refused, and the replica is used again,', () => {
  it.each<[string, () => unknown, () => unknown]>([
    ['stopped by a signal', () => database.replica.freeze(), () => database.replica.thaw()],
    ['killed', () => database.replica.kill(), () => database.replica.start()],
  ])('when it was %s', async (_how, harm, heal) => {
    const answers = await whileReading(app, async () => {
      await becomes(app, 'replica');
      await harm();
      await becomes(app, 'away');
      await heal();
      await becomes(app, 'replica');
    });
    expect(Object.keys(answers).toSorted()).toEqual(['200', '201']);
  });

  it('when nothing comes through to it any more', async () => {
    const way = await databaseProxy(database.replica.url);
    const service = await database.start({ ...settings, DATABASE_REPLICA_URL: way.url });
    const answers = await whileReading(service, async () => {
      await becomes(service, 'replica');
      way.pause();
      await becomes(service, 'away');
      way.resume();
      await becomes(service, 'replica');
      way.cut();
      await becomes(service, 'away');
      way.mend();
      await becomes(service, 'replica');
    });
    way.close();
    expect(Object.keys(answers).toSorted()).toEqual(['200', '201']);
  });

  it('when it was too late for a while', async () => {
    const service = await database.start({ ...settings, REPLICA_LAG_SECONDS: '2' });
    const answers = await whileReading(service, async () => {
      await becomes(service, 'replica');
      await database.replica.holdBack();
      await becomes(service, 'late');
      await database.replica.catchUp();
      await becomes(service, 'replica');
    });
    expect(Object.keys(answers).toSorted()).toEqual(['200', '201']);
    const [reader] = await aReader([service], ...manages);
    await unwrap(reader.users.list());
  });
});

describe.runIf(installedPostgres)('two processes of a service with a replica', () => {
  it('show a caller what they changed, and others what was before', async () => {
    const named = {
      ...{ DATABASE_URL: database.url, DATABASE_REPLICA_URL: database.replica.url },
      ...{ REPLICA_LAG_SECONDS: '120', PUBLIC_URL: publicUrl },
    };
    const nodes = await Promise.all([startNode(named), startNode(named)]);
    await Promise.all(nodes.map((node) => node.said(/reads that may be late go to the replica/)));
    const [writer, other] = await Promise.all([aToken(), aToken()]);
    await database.replica.catchUp();
    await database.replica.holdBack();
    const [first, second] = nodes as [Node, Node];
    const { username } = await unwrap(first.client(writer).users.create({ body: newPerson() }));
    const isListed = async (node: Node, token: string) =>
      (await unwrap(node.client(token).users.list({ search: username }))).items.length === 1;
    for (const node of [second, first]) {
      expect([await isListed(node, writer), await isListed(node, other)]).toEqual([true, false]);
    }
    await database.replica.catchUp();
    for (const node of nodes) expect(await isListed(node, other)).toBe(true);
    await Promise.all(nodes.map((node) => node.stop()));
  });

  /** Of somebody new, who has changed nothing. */
  async function aToken(): Promise<string> {
    const { headers } = await quickSession(app, { permissions: [...manages] });
    return headers.Authorization?.replace('Bearer ', '') ?? '';
  }
});
