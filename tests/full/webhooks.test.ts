import { randomUUID } from 'node:crypto';
import { afterAll, describe, expect, it } from 'vitest';
import { unwrap } from '../../client/index.ts';
import type { NewEvent } from '../../contract/events.ts';
import { startApp } from '../kit/app.ts';
import { eventually } from '../kit/eventually.ts';
import { aHolderOf } from '../kit/holder.ts';
import { endProcesses, startProcess, testEnvironment } from '../kit/process.ts';
import { type Receiver, startReceiver } from '../kit/receiver.ts';

// Not when its test has finished: they run side by side.
const leftovers: (() => unknown)[] = [];
afterAll(async () => {
  endProcesses();
  for (const end of leftovers.reverse()) await end();
});

/** An API that works off nothing, and workers beside it. */
async function aWorld() {
  const app = await startApp();
  leftovers.push(() => app.close());
  const { webhooks } = await aHolderOf(app, 'webhooks:manage', 'webhooks:read', 'users:manage');
  return {
    app,
    worker: (settings: Record<string, string> = {}) => {
      const env = { ...testEnvironment(app.config.database.url), ...settings };
      return startProcess(env, undefined, ['server/cli/main.ts', 'worker']);
    },
    receiver: async () => {
      const receiver = await startReceiver();
      leftovers.push(() => receiver.close());
      const body = { url: receiver.url, events: ['account.updated' as const] };
      const { id } = await unwrap(webhooks.create({ body }));
      return { ...receiver, id };
    },
    /** Events about so many accounts, two about each. */
    tell: (accounts: number) =>
      app.platform.change(undefined, async (tx) => {
        for (let each = 0; each < accounts; each += 1) {
          const userId = randomUUID();
          const event = (changed: string): NewEvent => ({
            name: 'account.updated',
            data: { userId, changed: [changed] },
          });
          await tx.publish(event('first'), event('second'));
        }
      }),
    waiting: async (endpointId: string) =>
      (await app.db('webhook_deliveries').where({ endpointId }).whereNot({ state: 'delivered' }))
        .length,
  };
}

const idsOf = ({ got }: Receiver) => got.map(({ headers }) => headers['webhook-id']);

describe('a worker', { concurrent: true }, () => {
  it('that is killed loses nothing, repeats what was in flight, and keeps the order', async () => {
    const world = await aWorld();
    const receiver = await world.receiver();
    // Six arrive, and then nobody is answered.
    receiver.behave(...Array.from({ length: 6 }, () => 204), () => {});
    await world.tell(10);
    const killed = world.worker();
    await eventually(() => expect(receiver.got.length, killed.output()).toBeGreaterThan(6));
    killed.child.kill('SIGKILL');
    await killed.end;
    const before = receiver.got.length;
    expect(before).toBeLessThanOrEqual(6 + 4);
    receiver.behave(204);
    const other = world.worker();
    await eventually(async () => {
      expect(new Set(idsOf(receiver)).size).toBe(20);
      expect(await world.waiting(receiver.id)).toBe(0);
    });
    // Four side by side, some of which arrived before the kill but were not written down.
    expect(receiver.got.length - 20).toBeLessThanOrEqual(4);
    const told = receiver.got.map(({ body }) => JSON.parse(body).data);
    const first = new Set<string>();
    for (const { userId, changed } of told) {
      if (changed[0] === 'first') first.add(userId);
      else expect(first).toContain(userId);
    }
    other.child.kill('SIGTERM');
    expect(await other.end).toBe(0);
  });

  it('tells those that answer while others hang', async () => {
    const world = await aWorld();
    const hanging = await Promise.all(Array.from({ length: 3 }, () => world.receiver()));
    for (const receiver of hanging) receiver.behave(() => {});
    const good = await world.receiver();
    await world.tell(25);
    // Nothing that hangs is given up as long as the test lasts.
    const worker = world.worker({ WEBHOOK_TIMEOUT_MS: '60000' });
    await eventually(() => expect(new Set(idsOf(good)).size).toBe(50));
    const failed = await world.app.db('webhook_deliveries').whereNotNull('error');
    expect(failed).toEqual([]);
    for (const { got } of hanging) expect(got.length).toBeLessThanOrEqual(4);
    worker.child.kill('SIGKILL');
    await worker.end;
  });
});

it('more deliveries at once than a statement takes are queued up, in the order of each account', async () => {
  const { app, receiver, tell } = await aWorld();
  await receiver();
  const others = await app.db.raw(`
    insert into webhook_endpoints
      select (jsonb_populate_record(one, jsonb_build_object('id', gen_random_uuid()))).*
      from webhook_endpoints one, generate_series(1, 30)`);
  expect(others.rowCount).toBe(30);
  // A page of events, for each of 31: with eleven values each, more than 65,535.
  await tell(100);
  await eventually(async () => {
    await app.runScheduled('webhooks.fan-out');
    const [counted] = await app.db('webhook_deliveries').count();
    expect(Number(counted?.count)).toBe(6_200);
  });
  const lanes = await app.db('webhook_deliveries').distinct('endpointId', 'subject');
  const due = await app.db('webhook_deliveries').whereNotNull('dueAt');
  expect([lanes.length, due.length]).toEqual([3_100, 3_100]);
  expect(due.every(({ body }) => body.includes('"first"'))).toBe(true);
});
