import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PgBoss } from 'pg-boss';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import * as z from 'zod';
import { unwrap } from '../../../client/index.ts';
import { signingKeysChanged } from '../../../server/features/signing-keys/model.ts';
import { job, works } from '../../../server/platform/jobs/job.ts';
import { type LogLine, useApp } from '../../kit/app.ts';
import { aMember } from '../../kit/callers.ts';
import { eventually } from '../../kit/eventually.ts';
import { aPicture } from '../../kit/pictures.ts';
import { quickKey } from '../../kit/quick-key.ts';
import { quickSession } from '../../kit/quick-session.ts';
import { bossBench } from '../jobs/queues.ts';

// What fails when its caller has an answer already, or has none: the log alone can tell.
const app = useApp();

const lineOf = (logs: readonly LogLine[], msg: string) =>
  eventually(() => {
    const line = logs.find((each) => each.msg === msg);
    if (!line) throw new Error(`No line says: ${msg}`);
    return line;
  });

/** The work, while a table has another name. */
async function without(table: string, work: () => Promise<unknown>): Promise<void> {
  await app.db.raw('alter table ?? rename to elsewhere', [table]);
  try {
    await work();
  } finally {
    await app.db.raw('alter table elsewhere rename to ??', [table]);
  }
}

/** Past the checks of the kit, which look into the audit. */
const get = (path: string, headers: Record<string, string>) =>
  fetch(`${app.url}/api/v1${path}`, { headers });

describe('the log tells', () => {
  it('that a refusal could not be audited, which stays a refusal', async () => {
    const { headers } = await quickSession(app);
    await without('audit_entries', async () => {
      expect((await get('/audit', headers)).status).toBe(403);
      const line = await lineOf(app.logs, 'a refusal could not be audited');
      expect(line).toMatchObject({ level: 'error', err: expect.anything() });
    });
  });

  it('that the use of an API key could not be noted, which works all the same', async () => {
    const { headers } = await quickKey(app, { roles: ['admin'] });
    await app.db.raw(`create function refuse() returns trigger language plpgsql as $$
      begin raise exception 'not today'; end $$`);
    await app.db.raw(`create trigger refuse before update on api_keys
      for each row execute function refuse()`);
    onTestFinished(() => app.db.raw('drop trigger refuse on api_keys'));
    expect((await get('/users', headers)).status).toBe(200);
    const line = await lineOf(app.logs, 'the use of an API key could not be noted');
    expect(line).toMatchObject({ level: 'warn', err: { message: expect.any(String) } });
  });

  it('that the signing keys could not be read, and tokens stay good', async () => {
    const { headers } = await quickSession(app);
    await without('signing_keys', async () => {
      const revocation = { kind: signingKeysChanged, subject: null };
      await app.platform.change(undefined, (tx) => tx.revoke(revocation));
      await lineOf(app.logs, 'the signing keys could not be read yet');
    });
    expect((await get('/me', headers)).status).toBe(200);
  });

  it('that a picture could not be removed, whose account has none any more', async () => {
    const person = await aMember(app);
    await unwrap(person.client.me.setAvatar({ body: { file: aPicture() } }));
    const folder = join(app.config.storage.path, 'avatars');
    for (const name of await readdir(folder)) {
      // What is a folder is no file that could be removed.
      await rm(join(folder, name));
      await mkdir(join(folder, name));
    }
    await unwrap(person.client.me.removeAvatar());
    const line = await lineOf(
      app.logs,
      'a picture could not be removed; a later sweep tries again',
    );
    expect(line).toMatchObject({ level: 'warn', err: expect.anything() });
    expect(await unwrap(person.client.me.get())).toMatchObject({ avatarId: null });
  });

  it('what pg-boss warns of, and that a job could not be handed back', async () => {
    const endless = job('test.endless', z.object({}).strict());
    const begun = Promise.withResolvers<void>();
    const { start } = PgBoss.prototype as { readonly start: (this: PgBoss) => Promise<PgBoss> };
    const spy = vi.spyOn(PgBoss.prototype, 'start').mockImplementation(function (this: PgBoss) {
      this.emit('warning', { message: 'Clock skew between instance and database', data: {} });
      return start.call(this);
    });
    onTestFinished(() => spy.mockRestore());
    const bench = await bossBench([
      works(endless, async ({ signal }) => {
        begun.resolve();
        await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
        await bench.db.raw('alter table pgboss.job rename to elsewhere');
        throw signal.reason;
      }),
    ]);
    await bench.change((tx) => bench.queue.enqueue(tx, endless, {}));
    const working = bench.queue.workOff();
    await begun.promise;
    await bench.close();
    await working;
    expect(await lineOf(bench.logs, 'pg-boss warns')).toMatchObject({
      level: 'warn',
      warning: { message: expect.stringContaining('Clock skew') },
    });
    const line = await lineOf(bench.logs, 'a job could not be handed back');
    expect(line).toMatchObject({ level: 'warn', job: endless.name, jobId: expect.any(String) });
  });
});
