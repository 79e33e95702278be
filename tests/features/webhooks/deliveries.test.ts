import { randomUUIDv7 } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import type { NewEvent } from '../../../contract/events.ts';
import { waitAfter } from '../../../server/features/webhooks/schedule.ts';
import type { Database } from '../../../server/platform/db/connect.ts';
import { useApp } from '../../kit/app.ts';
import { collide } from '../../kit/collide.ts';
import { sending } from '../../kit/credentials.ts';
import { eventually } from '../../kit/eventually.ts';
import { aHolderOf } from '../../kit/holder.ts';
import { lastMailTo } from '../../kit/mailbox.ts';
import { quickSession } from '../../kit/quick-session.ts';
import { type Receiver, startReceiver } from '../../kit/receiver.ts';

const app = useApp();
const aManager = () => aHolderOf(app, 'webhooks:manage', 'webhooks:read', 'users:manage');
const ada = '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11';
const bob = '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b12';

let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.close());
beforeEach(async () => {
  await app.db('webhook_endpoints').delete();
  receiver.got.length = 0;
  receiver.behave(204);
});

async function made() {
  const { webhooks } = await aManager();
  const events = ['account.updated' as const];
  const { id: webhookId } = await unwrap(webhooks.create({ body: { url: receiver.url, events } }));
  return { webhooks, webhookId };
}

const updated = (userId: string, ...changed: string[]): NewEvent => ({
  name: 'account.updated',
  data: { userId, changed },
});

/** They happen; what is due is delivered. Other tests of the run may hold the feed back for a moment. */
async function tell(...events: NewEvent[]): Promise<void> {
  await app.platform.change(undefined, (tx) => tx.publish(...events));
  await eventually(async () => {
    await app.runScheduled('webhooks.fan-out');
    const [newest] = await app.db('events').orderBy('xid', 'desc').orderBy('id', 'desc').limit(1);
    const feed = await app.db('webhook_feed').first();
    expect(BigInt(feed.xid)).toBeGreaterThanOrEqual(BigInt(newest.xid));
  });
  await app.workJobs();
}

const arrived = () =>
  receiver.got.map(({ body }) => {
    const { data } = JSON.parse(body) as { data: { userId: string; changed: string[] } };
    return `${data.userId === ada ? 'ada' : 'bob'} ${data.changed.join()}`;
  });

const rowsOf = (webhookId: string) =>
  app.db('webhook_deliveries').where({ endpointId: webhookId }).orderBy('position');

/** All attempts that are left, and a little. */
async function daysPass(): Promise<void> {
  for (let times = 0; times < 10; times += 1) {
    app.clock.advance({ hours: 27 });
    await app.workJobs();
  }
}

describe('an event', () => {
  it('is told to whoever asked for its kind, after they asked', async () => {
    await tell(updated(ada, 'before'));
    app.clock.advance({ seconds: 1 });
    const { webhookId } = await made();
    await tell(updated(ada, 'name'), { name: 'account.removed', data: { userId: ada } });
    expect(arrived()).toEqual(['ada name']);
    expect(await rowsOf(webhookId)).toMatchObject([
      { state: 'delivered', event: 'account.updated' },
    ]);
  });

  it('waits until the earlier ones about the same account have arrived, and no other one does', async () => {
    const { webhookId } = await made();
    receiver.behave(500);
    await tell(updated(ada, 'first'), updated(ada, 'second'), updated(bob, 'other'));
    expect(arrived().toSorted()).toEqual(['ada first', 'bob other']);
    receiver.behave(204);
    await tell(updated(bob, 'third'));
    expect(arrived()).toHaveLength(2);
    app.clock.advance({ seconds: 6 });
    await app.workJobs();
    const inOrder = (who: string) => arrived().filter((each) => each.startsWith(who));
    expect(inOrder('ada')).toEqual(['ada first', 'ada first', 'ada second']);
    expect(inOrder('bob')).toEqual(['bob other', 'bob other', 'bob third']);
    const ids = receiver.got.map(({ headers }) => headers['webhook-id']);
    expect(new Set(ids).size).toBe(4);
    expect(await rowsOf(webhookId)).toMatchObject([
      ...[{ attempts: 2 }, { attempts: 1 }, { attempts: 2 }, { attempts: 1 }],
    ]);
  });

  it('of a kind that only a newer release knows is passed over, and the next one is told', async () => {
    const { webhookId } = await made();
    await app.db('webhook_endpoints').where({ id: webhookId }).update({ events: null });
    const later = { version: 1, data: { userId: ada }, occurredAt: app.clock.now() };
    await app.db('events').insert(
      // The second is the name of something that every object has.
      ['account.cloned', 'constructor'].map((name) => ({ ...later, id: randomUUIDv7(), name })),
    );
    await tell(updated(ada, 'name'));
    expect(arrived()).toEqual(['ada name']);
    expect(await rowsOf(webhookId)).toHaveLength(1);
  });

  it('that a receiver refuses for three days is given up, and the next one is told', async () => {
    const { webhookId } = await made();
    receiver.behave((_req, res) => {
      const isBad = receiver.got.at(-1)?.body.includes('"bad"');
      res.writeHead(isBad ? 422 : 204).end();
    });
    await tell(updated(ada, 'bad'), updated(ada, 'good'));
    for (let times = 0; times < 10; times += 1) {
      app.clock.advance({ hours: 27 });
      // It takes others meanwhile.
      await tell(updated(bob, String(times)));
    }
    expect(arrived().filter((each) => each === 'ada bad')).toHaveLength(10);
    expect(arrived()).toContain('ada good');
    expect((await rowsOf(webhookId))[0]).toMatchObject({
      state: 'failed',
      status: 422,
      attempts: 10,
    });
    const other = await aManager();
    expect(await unwrap(other.webhooks.get({ webhookId }))).toMatchObject({ state: 'active' });
  });
});

describe('a webhook', () => {
  it('at which nothing arrives for three days is paused, told of, and goes on where it stopped', async () => {
    const wanted = ['webhooks:manage', 'webhooks:read', 'users:manage'] as const;
    const { headers, userId } = await quickSession(app, { permissions: [...wanted] });
    const { webhooks } = app.client(sending(headers));
    const events = ['account.updated' as const];
    const url = `${receiver.url}?token=secret`;
    const { id: webhookId } = await unwrap(webhooks.create({ body: { url, events } }));
    receiver.behave(503);
    await tell(updated(ada, 'one'), updated(ada, 'two'));
    await daysPass();
    const other = await aManager();
    expect(await unwrap(other.webhooks.get({ webhookId }))).toMatchObject({
      ...{ state: 'paused', pauseReason: 'failing' },
    });
    const { email } = await app.db('users').where({ id: userId }).first();
    const { text } = await lastMailTo(app, email);
    expect(text).toContain(new URL(url).pathname);
    expect(text).not.toContain('secret');
    await tell(updated(ada, 'three'));
    receiver.got.length = 0;
    receiver.behave(204);
    await unwrap(other.webhooks.update({ webhookId, body: { state: 'active' } }));
    await app.workJobs();
    expect(arrived()).toEqual(['ada two', 'ada three']);
    const entries = await app.db('auditEntries').where({ targetId: webhookId });
    expect(entries.map(({ actor }) => actor)).toContain('system:webhooks');
  });

  it('that says it is gone is paused at once, and loses nothing', async () => {
    const { webhooks, webhookId } = await made();
    receiver.behave(410);
    await tell(updated(ada, 'one'));
    expect(await unwrap(webhooks.get({ webhookId }))).toMatchObject({
      ...{ state: 'paused', pauseReason: 'gone' },
    });
    receiver.behave(204);
    await unwrap(webhooks.update({ webhookId, body: { state: 'active' } }));
    await app.workJobs();
    expect(arrived()).toEqual(['ada one', 'ada one']);
  });

  it('whose turn got lost gets another one', async () => {
    const { webhookId } = await made();
    receiver.behave(500);
    await tell(updated(ada, 'one'));
    const lost = { turnId: null, turnAt: new Date(app.clock.now().getTime() - 3_600_000) };
    await app.db('webhook_endpoints').where({ id: webhookId }).update(lost);
    receiver.behave(204);
    app.clock.advance({ seconds: 6 });
    await app.workJobs();
    expect(arrived()).toHaveLength(1);
    await app.runScheduled('webhooks.fan-out');
    await app.workJobs();
    expect(arrived()).toHaveLength(2);
  });

  it('that is removed gets nothing of what waited', async () => {
    const { webhooks, webhookId } = await made();
    receiver.behave(500);
    await tell(updated(ada, 'one'));
    await unwrap(webhooks.remove({ webhookId }));
    app.clock.advance({ days: 1 });
    await app.workJobs();
    expect(arrived()).toHaveLength(1);
  });

  it('keeps what became of events for a while', async () => {
    const { webhookId } = await made();
    await tell(updated(ada, 'one'));
    app.clock.advance({ days: 29 });
    await app.runScheduled('webhooks.purge');
    expect(await rowsOf(webhookId)).toHaveLength(1);
    app.clock.advance({ days: 2 });
    await app.runScheduled('webhooks.purge');
    expect(await rowsOf(webhookId)).toEqual([]);
  });

  it('forgets what waits for long while it is paused, and nothing once somebody lets it go on', async () => {
    const { webhooks, webhookId } = await made();
    receiver.behave(503);
    await tell(updated(ada, 'one'), updated(ada, 'two'), updated(bob, 'other'));
    await unwrap(webhooks.update({ webhookId, body: { state: 'paused' } }));
    app.clock.advance({ days: 31 });
    await tell(updated(ada, 'young'));
    // The purge has seen that it is paused, and waits for its row; meanwhile it goes on.
    const resume = async (trx: Database) => {
      await trx('webhook_endpoints').where({ id: webhookId }).update({ pausedAt: null });
    };
    await collide(app, resume, [() => app.runScheduled('webhooks.purge')]);
    expect(await rowsOf(webhookId)).toHaveLength(4);
    await app.db('webhook_endpoints').where({ id: webhookId }).update({ pausedAt: new Date() });
    await app.runScheduled('webhooks.purge');
    expect(await rowsOf(webhookId)).toMatchObject([{ body: expect.stringContaining('young') }]);
    receiver.behave(204);
    receiver.got.length = 0;
    const other = await aManager();
    await unwrap(other.webhooks.update({ webhookId, body: { state: 'active' } }));
    await app.workJobs();
    expect(arrived()).toEqual(['ada young']);
  });

  it('is counted, and so is what waits', async () => {
    const { webhookId } = await made();
    receiver.behave(500);
    await tell(updated(ada, 'one'));
    app.clock.advance({ minutes: 1 });
    const lines = (await app.scrape()).filter((line) => line.startsWith('charter_webhook'));
    expect(lines).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^charter_webhook_attempts_total\{.*result="failed".*\} \d/),
        expect.stringMatching(/^charter_webhooks_waiting\S* 1/),
        expect.stringMatching(/^charter_webhooks_oldest_seconds\S* 5\d/),
      ]),
    );
    await app.db('webhook_endpoints').where({ id: webhookId }).delete();
  });
});

it('what was written about other kinds goes nowhere that its sender may not read', async () => {
  const { webhookId } = await made();
  receiver.behave(500);
  await tell(updated(ada, 'secret'));
  const { webhooks } = await aHolderOf(app, 'webhooks:manage', 'users:manage', 'roles:read');
  const [delivery] = await rowsOf(webhookId);
  await unwrap(webhooks.update({ webhookId, body: { events: ['role.created'], state: 'paused' } }));
  const mallory = await aHolderOf(app, 'webhooks:manage', 'roles:read');
  const denied = { status: 403, problem: { code: 'permission_denied' } };
  const elsewhere = { url: `${receiver.url}?mallory` };
  expect(await mallory.webhooks.update({ webhookId, body: elsewhere })).toMatchObject(denied);
  const resumed = mallory.webhooks.update({ webhookId, body: { state: 'active' } });
  expect(await resumed).toMatchObject(denied);
  const again = mallory.webhooks.redeliver({ webhookId, deliveryId: delivery.id });
  expect(await again).toMatchObject(denied);
});

it('attempts are spread over three days, a tenth sooner or later', () => {
  const waits = (chance: number) => {
    const all: number[] = [];
    for (let wait = waitAfter(1, 0, chance); wait !== undefined; ) {
      all.push(wait);
      wait = waitAfter(all.length + 1, sum(all) * 3_600, chance);
    }
    return all;
  };
  const sum = (all: number[]) => all.reduce((one, other) => one + other, 0) / 3_600;
  expect(waits(0.5)).toEqual([5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]);
  expect([sum(waits(0)), sum(waits(0.5)), sum(waits(1))].map(Math.round)).toEqual([68, 76, 83]);
});

it('tries by hand do not use up the three days', () => {
  expect(waitAfter(30, 600, 0.5)).toBe(86_400);
  expect(waitAfter(30, 300_000, 0.5)).toBeUndefined();
});
