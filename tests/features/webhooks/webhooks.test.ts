import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { events } from '../../../contract/events.ts';
import { invalid, refusal, tally } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { collide, writesTo } from '../../kit/collide.ts';
import { sending } from '../../kit/credentials.ts';
import { aHolderOf } from '../../kit/holder.ts';
import { quickSession } from '../../kit/quick-session.ts';
import { type Received, type Receiver, startReceiver } from '../../kit/receiver.ts';

const app = useApp();
const everything = ['webhooks:manage', 'webhooks:read', 'users:manage'] as const;
const aManager = () => aHolderOf(app, ...everything);

let receiver: Receiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.close());
beforeEach(() => {
  receiver.got.length = 0;
  receiver.behave(204);
});

const aWebhook = (more: object = {}) => ({
  body: { url: receiver.url, events: ['account.created' as const], ...more },
});

/** By another implementation, at the time of the app. */
function verified(secret: string, { body, headers }: Received): unknown {
  vi.useFakeTimers({ now: app.clock.now(), toFake: ['Date'] });
  try {
    return new Webhook(secret).verify(body, headers);
  } finally {
    vi.useRealTimers();
  }
}

const lastReceived = () => receiver.got.at(-1) ?? { headers: {}, body: '', path: '' };

async function made(more: object = {}) {
  const { webhooks } = await aManager();
  const { id: webhookId, secret } = await unwrap(webhooks.create(aWebhook(more)));
  return { webhooks, webhookId, secret };
}

describe('a webhook', () => {
  it('shows its secret once', async () => {
    const { webhooks, webhookId, secret } = await made({ description: 'For the shop' });
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const found = await unwrap(webhooks.get({ webhookId }));
    expect(found).toMatchObject({ description: 'For the shop', state: 'active', pausedAt: null });
    expect(JSON.stringify(found)).not.toContain('whsec_');
    const stored = await app.db('webhook_endpoints').where({ id: webhookId }).first();
    expect(JSON.stringify(stored)).not.toContain(secret.slice(6));
  });

  it('is listed, by its state', async () => {
    const { webhooks, webhookId } = await made();
    await unwrap(webhooks.update({ webhookId, body: { state: 'paused' } }));
    const idsOf = async (state: 'active' | 'paused') =>
      (await unwrap(webhooks.list({ state, limit: 200 }))).items.map(({ id }) => id);
    expect(await idsOf('paused')).toContain(webhookId);
    expect(await idsOf('active')).not.toContain(webhookId);
  });

  it('changes, and is changed by nobody who saw another one', async () => {
    const { webhooks, webhookId } = await made();
    const { headers } = await webhooks.get({ webhookId });
    const seen = headers.get('etag') ?? '';
    const change = (description: string) =>
      webhooks.update({ webhookId, body: { description }, ifMatch: seen });
    expect(await unwrap(change('One'))).toMatchObject({ description: 'One' });
    expect(await change('Two')).toMatchObject(refusal(412, 'precondition_failed'));
    const remove = webhooks.remove({ webhookId, ifMatch: seen });
    expect(await remove).toMatchObject(refusal(412, 'precondition_failed'));
    await unwrap(webhooks.remove({ webhookId }));
    expect(await webhooks.get({ webhookId })).toMatchObject(refusal(404, 'not_found'));
  });

  it('gets events of no kind that whoever manages it could not read', async () => {
    const { webhooks } = await aHolderOf(app, 'webhooks:manage');
    const denied = refusal(403, 'permission_denied');
    expect(await webhooks.create(aWebhook())).toMatchObject(denied);
    expect(await webhooks.create(aWebhook({ events: null }))).toMatchObject(denied);
    const { webhookId } = await made();
    const changes = { url: 'https://elsewhere.example.com/' };
    expect(await webhooks.update({ webhookId, body: changes })).toMatchObject(denied);
    expect(await webhooks.update({ webhookId, body: { state: 'active' } })).toMatchObject(denied);
    expect(await webhooks.update({ webhookId, body: { state: 'paused' } })).toMatchObject({
      status: 200,
    });
  });

  it.each([
    'http://hooks.example.com/',
    'https://user@hooks.example.com/',
    'https://hooks.example.com/#part',
    'https://hooks.example.com:22/',
    'https://10.0.0.1/',
    'https://[::ffff:169.254.169.254]/',
    'https://0xa9fea9fe/',
    'https://[64:ff9b::a00:1]/',
  ])('is never called at %s', async (url) => {
    const { webhooks } = await aManager();
    const answer = await webhooks.create({ body: { url, events: ['account.created'] } });
    const isPlain = url.startsWith('http:');
    // By http this machine alone is called here; where a name leads is found out when it is called.
    if (isPlain) expect(answer).toMatchObject({ status: 200 });
    else expect(answer).toMatchObject(invalid('url', 'broken_rule'));
  });

  it('is one of a few', async () => {
    const { webhooks } = await aManager();
    const count = await app.db('webhook_endpoints').count().first();
    const room = app.config.webhooks.max - Number(count?.count) - 1;
    const [row] = await app.db('webhook_endpoints').limit(1);
    const rows = Array.from({ length: room }, () => ({ ...row, id: crypto.randomUUID() }));
    await app.db('webhook_endpoints').insert(rows);
    const create = () => webhooks.create(aWebhook());
    const answers = await collide(app, writesTo('webhook_endpoints'), [create, create]);
    expect(tally(answers)).toEqual({ 200: 1, 409: 1 });
    expect(await create()).toMatchObject(refusal(409, 'too_many_webhooks'));
    const ids = rows.map(({ id }) => id);
    await app.db('webhook_endpoints').whereIn('id', ids).delete();
  });

  it('belongs to nobody any more when its maker is erased, and goes on', async () => {
    const { userId, headers } = await quickSession(app, { permissions: [...everything] });
    const { webhooks } = app.client(sending(headers));
    const { id: webhookId } = await unwrap(webhooks.create(aWebhook()));
    expect(await unwrap(webhooks.get({ webhookId }))).toMatchObject({ createdById: userId });
    await app.db('users').where({ id: userId }).delete();
    const other = await aManager();
    expect(await unwrap(other.webhooks.get({ webhookId }))).toMatchObject({ createdById: null });
  });
});

describe('a test', () => {
  it('arrives as an example, signed as Standard Webhooks says', async () => {
    const { webhooks, webhookId, secret } = await made();
    const body = { event: 'session.ended' as const };
    const { eventId } = await unwrap(webhooks.test({ webhookId, body }));
    await app.workJobs();
    expect(receiver.got).toHaveLength(1);
    const { headers } = lastReceived();
    expect(verified(secret, lastReceived())).toEqual({
      ...{ id: eventId, type: 'session.ended', version: 1, timestamp: expect.any(String) },
      ...{ data: events['session.ended'].example, test: true },
    });
    expect(headers).toMatchObject({ 'webhook-id': eventId, 'content-type': 'application/json' });
    const { items } = await unwrap(webhooks.deliveries({ webhookId }));
    expect(items).toMatchObject([
      {
        ...{ eventId, event: 'session.ended', isTest: true, state: 'delivered', attempts: 1 },
        ...{ status: 204, error: null, nextAttemptAt: null, durationMs: expect.any(Number) },
      },
    ]);
    expect(JSON.stringify(items)).not.toContain(events['session.ended'].example.userId);
  });

  it('is tried once', async () => {
    const { webhooks, webhookId } = await made();
    receiver.behave(500);
    await unwrap(webhooks.test({ webhookId, body: { event: 'account.created' } }));
    await app.workJobs();
    const { items } = await unwrap(webhooks.deliveries({ webhookId, isTest: true }));
    expect(items).toMatchObject([
      { state: 'failed', status: 500, error: 'refused', attempts: 1, nextAttemptAt: null },
    ]);
  });

  it('is not sent to one that is paused', async () => {
    const { webhooks, webhookId } = await made();
    await unwrap(webhooks.update({ webhookId, body: { state: 'paused' } }));
    const body = { event: 'account.created' as const };
    const paused = refusal(409, 'webhook_paused');
    expect(await webhooks.test({ webhookId, body })).toMatchObject(paused);
  });

  it('is sent again by hand, under the same id', async () => {
    const { webhooks, webhookId } = await made();
    const body = { event: 'account.created' as const };
    const { id: deliveryId, eventId } = await unwrap(webhooks.test({ webhookId, body }));
    const path = { webhookId, deliveryId };
    // One that waits is tried now, and is no other one.
    expect(await unwrap(webhooks.redeliver(path))).toMatchObject({ id: deliveryId });
    await app.workJobs();
    const again = await unwrap(webhooks.redeliver(path));
    expect(again).toMatchObject({ eventId, state: 'waiting', attempts: 0 });
    await app.workJobs();
    expect(receiver.got.map(({ headers }) => headers['webhook-id'])).toEqual([eventId, eventId]);
    await unwrap(webhooks.update({ webhookId, body: { state: 'paused' } }));
    expect(await webhooks.redeliver(path)).toMatchObject(refusal(409, 'webhook_paused'));
    const none = { webhookId, deliveryId: webhookId };
    expect(await webhooks.redeliver(none)).toMatchObject(refusal(404, 'not_found'));
  });
});

describe('a new secret', () => {
  it('signs beside the old one for a while', async () => {
    const { webhooks, webhookId, secret: old } = await made();
    const body = { overlapSeconds: 60 };
    const rotated = await unwrap(webhooks.rotateSecret({ webhookId, body }));
    const send = async () => {
      await unwrap(webhooks.test({ webhookId, body: { event: 'account.created' } }));
      await app.workJobs();
      return [rotated.secret, old].map((secret) => {
        try {
          return verified(secret, lastReceived()) !== undefined;
        } catch {
          return false;
        }
      });
    };
    expect(await send()).toEqual([true, true]);
    app.clock.advance({ seconds: 61 });
    expect(await send()).toEqual([true, false]);
  });

  it('is asked for once with a key, for nobody keeps it', async () => {
    const { webhooks, webhookId } = await made();
    const rotate = () =>
      webhooks.rotateSecret({ webhookId, body: {} }, { idempotencyKey: `"${webhookId}"` });
    await unwrap(rotate());
    expect(await rotate()).toMatchObject(refusal(409, 'already_done'));
  });
});
