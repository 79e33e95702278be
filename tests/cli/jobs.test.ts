import { randomUUIDv7 } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { charter, useDatabase } from '../kit/command.ts';

const app = useApp();
beforeEach(() => useDatabase(app.config.database.url));

/** A job that nobody does: no worker of these tests takes it. */
async function insertJob(row: Record<string, unknown> = {}): Promise<string> {
  const id = randomUUIDv7();
  const queue = { name: 'test.never', policy: 'standard', partition: false };
  const numbers = { retryLimit: 7, retryDelay: 1, expireSeconds: 60, retentionSeconds: 60 };
  const more = { retryBackoff: true, deletionSeconds: 60, tableName: 'job_common' };
  await app
    .db('pgboss.queue')
    .insert({ ...queue, ...numbers, ...more })
    .onConflict()
    .ignore();
  await app.db('pgboss.job').insert({ id, name: 'test.never', policy: 'standard', ...row });
  return id;
}

const dead = () =>
  insertJob({
    state: 'failed',
    retryCount: 7,
    startedOn: new Date(),
    completedOn: new Date(),
    data: { data: { who: 'secret@example.com' }, requestId: 'request-1' },
    output: { message: 'the server said no' },
  });
const stored = (id: string) => app.db('pgboss.job').where({ id }).first();
const entriesOf = (targetId: string) =>
  app.db('audit_entries').where({ targetId }).select('operation', 'targetType', 'actor');

describe('jobs list', () => {
  it('shows how jobs stand, and never their data', async () => {
    const [waiting, failed] = [await insertJob(), await dead()];
    const { out } = await charter(['jobs', 'list']);
    expect(out).toMatch(new RegExp(`${waiting} test.never +waiting +0`));
    expect(out).toMatch(new RegExp(`${failed} test.never +dead +8 .* the server said no`));
    expect(out).not.toContain('secret@example.com');
  });

  it('shows those alone that stand so, as JSON', async () => {
    const [waiting, failed] = [await insertJob(), await dead()];
    const { out } = await charter(['jobs', 'list', '--state', 'dead', '--json']);
    const { jobs } = JSON.parse(out);
    expect(jobs).toContainEqual({
      id: failed,
      name: 'test.never',
      state: 'dead',
      attempts: 8,
      enqueuedAt: expect.any(String),
      dueAt: expect.any(String),
      requestId: 'request-1',
      error: 'the server said no',
    });
    expect(out).not.toContain(waiting);
  });

  it('refuses what it does not know', async () => {
    expect(await charter(['jobs', 'list', '--state', 'sleeping'])).toMatchObject({ code: 2 });
    expect(await charter(['jobs', 'list', '--limit', '0'])).toMatchObject({ code: 1 });
  });
});

describe('jobs retry', () => {
  it('lets a dead letter begin anew, and says so in the audit', async () => {
    const id = await dead();
    expect(await charter(['jobs', 'retry', id])).toMatchObject({
      code: 0,
      out: 'One job is tried again.',
    });
    expect(await stored(id)).toMatchObject({ state: 'created', retryCount: 0, startedOn: null });
    expect(await entriesOf(id)).toEqual([
      { operation: 'jobs retry', targetType: 'job', actor: 'system:charter jobs retry' },
    ]);
  });

  it('takes all of them', async () => {
    const ids = [await dead(), await dead()];
    const { out } = await charter(['jobs', 'retry', '--all', '--json']);
    expect(JSON.parse(out).ids).toEqual(expect.arrayContaining(ids));
  });

  it('wants to know which, and finds only what has failed for good', async () => {
    const waiting = await insertJob();
    expect(await charter(['jobs', 'retry'])).toMatchObject({ code: 1 });
    expect(await charter(['jobs', 'retry', waiting, '--all'])).toMatchObject({ code: 1 });
    expect(await charter(['jobs', 'retry', 'x'])).toMatchObject({ code: 1 });
    const { code, err } = await charter(['jobs', 'retry', waiting]);
    expect([code, err]).toEqual([1, `No job with the id ${waiting} has failed for good.`]);
  });
});

describe('jobs discard', () => {
  it('drops a dead letter, and says so in the audit', async () => {
    const id = await dead();
    expect(await charter(['jobs', 'discard', id])).toMatchObject({ code: 0 });
    expect(await stored(id)).toBeUndefined();
    expect(await entriesOf(id)).toMatchObject([{ operation: 'jobs discard' }]);
  });
});
