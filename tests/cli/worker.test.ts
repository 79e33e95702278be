import { beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { inTransaction } from '../../server/platform/db/transaction.ts';
import { BossQueue } from '../../server/platform/jobs/boss-queue.ts';
import { job } from '../../server/platform/jobs/job.ts';
import type { Platform } from '../../server/platform/platform.ts';
import { beginWork } from '../../server/worker/begin-work.ts';
import { patient, recordingLog, useApp } from '../kit/app.ts';
import { charter, useDatabase } from '../kit/command.ts';

const app = useApp();
beforeEach(() => {
  useDatabase(app.config.database.url);
  vi.stubEnv('LOG_LEVEL', 'silent');
  for (const [setting, value] of Object.entries(patient)) vi.stubEnv(setting, value);
});

describe('worker --once', () => {
  it('works off what is due, and ends', async () => {
    const sweep = job('revocations.purge', z.object({}).strict());
    const observer = { begin: () => ({ span: undefined, traceId: undefined, end: () => {} }) };
    const queue = new BossQueue({ db: app.db, ...recordingLog(), observer, stopSeconds: 0 });
    queue.introduce([{ job: sweep as never, perform: async () => {} }]);
    await queue.prepare();
    await inTransaction(app.db, app.clock, (tx) => queue.enqueue(tx, sweep, {}));
    expect(await charter(['worker', '--once'])).toMatchObject({ code: 0 });
    expect(await app.db('pgboss.job').select('name', 'state')).toEqual([
      { name: 'revocations.purge', state: 'completed' },
    ]);
  });
});

describe('beginning to work', () => {
  it('goes on trying while the database is away, until the process stops', async () => {
    const { log, logs } = recordingLog();
    const stop = new AbortController();
    const work = vi.fn(async () => {
      throw new Error('away');
    });
    const platform = { jobs: { work }, log, stopping: stop.signal } as unknown as Platform;
    const beginning = beginWork(platform);
    await vi.waitFor(() => expect(logs).toMatchObject([{ level: 'warn', againInMs: 1_000 }]));
    stop.abort();
    await beginning;
    expect(work).toHaveBeenCalledOnce();
  });
});
