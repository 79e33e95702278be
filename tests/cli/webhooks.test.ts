import { randomUUIDv7 } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { charter, useDatabase } from '../kit/command.ts';

const app = useApp();
beforeEach(() => useDatabase(app.config.database.url));

async function aWebhook() {
  const [id, deliveryId, at] = [randomUUIDv7(), randomUUIDv7(), app.clock.now()];
  const row = { url: 'https://hooks.example.com/', readableWith: [], sealedSecret: '' };
  await app.db('webhook_endpoints').insert({ id, ...row, createdAt: at, updatedAt: at });
  await app.db('webhook_deliveries').insert({
    ...{ id: deliveryId, endpointId: id, eventId: randomUUIDv7(), event: 'account.created' },
    ...{ subject: id, body: '{"data":"private"}', isTest: false, state: 'failed', attempts: 10 },
    ...{ error: 'timed_out', createdAt: at },
  });
  return { id, deliveryId };
}

describe('charter webhooks', () => {
  it('lists them, and what became of events', async () => {
    const { id, deliveryId } = await aWebhook();
    const { out } = await charter(['webhooks', 'list']);
    expect(out).toMatch(new RegExp(`${id} active +https://hooks.example.com/`));
    expect(out).toContain('deliveries are due');
    const listed = await charter(['webhooks', 'deliveries', id, '--state', 'failed']);
    expect(listed.out).toMatch(new RegExp(`${deliveryId} account.created +failed +10 timed_out`));
    expect(listed.out).not.toContain('private');
    const json = await charter(['webhooks', 'deliveries', id, '--json']);
    expect(JSON.parse(json.out).deliveries).toMatchObject([{ id: deliveryId }]);
    expect(JSON.parse((await charter(['webhooks', 'list', '--json'])).out)).toMatchObject({
      backlog: { waiting: 0 },
    });
  });

  it('pauses one and lets it go on, and says so in the audit', async () => {
    const { id } = await aWebhook();
    expect(await charter(['webhooks', 'pause', id])).toMatchObject({
      code: 0,
      out: 'It is paused.',
    });
    const resumed = await charter(['webhooks', 'resume', id, '--json']);
    expect(JSON.parse(resumed.out)).toMatchObject({ webhook: { state: 'active' } });
    const entries = await app.db('auditEntries').where({ targetId: id }).orderBy('id');
    expect(entries.map(({ actor }) => actor)).toEqual([
      'system:charter webhooks pause',
      'system:charter webhooks resume',
    ]);
  });

  it('sends an event again', async () => {
    const { id, deliveryId } = await aWebhook();
    const { out } = await charter(['webhooks', 'redeliver', id, deliveryId, '--json']);
    expect(JSON.parse(out)).toMatchObject({ delivery: { state: 'waiting', attempts: 0 } });
    expect((await charter(['webhooks', 'redeliver', id, deliveryId])).out).toContain('sent again');
  });

  it('sends an example of an event, as a test', async () => {
    const { id } = await aWebhook();
    const { out } = await charter(['webhooks', 'test', id, '--event', 'role.created', '--json']);
    const { delivery } = JSON.parse(out);
    expect(delivery).toMatchObject({ event: 'role.created', state: 'waiting', isTest: true });
    const entries = await app.db('auditEntries').where({ operation: 'webhooks test' });
    expect(entries).toMatchObject([{ targetId: id, actor: 'system:charter webhooks test' }]);
    const odd = await charter(['webhooks', 'test', id, '--event', 'nothing.happened']);
    expect([odd.code, odd.err]).toEqual([1, expect.stringContaining('event: ')]);
  });

  it('refuses what it does not know', async () => {
    expect(await charter(['webhooks', 'pause', 'x'])).toMatchObject({ code: 1 });
    expect(await charter(['webhooks', 'pause', randomUUIDv7()])).toMatchObject({ code: 1 });
    const { id } = await aWebhook();
    expect(await charter(['webhooks', 'deliveries', id, '--state', 'x'])).toMatchObject({
      code: 2,
    });
  });
});
