import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createClient } from '../../client/index.ts';
import { apiPrefix } from '../../contract/kit/api.ts';
import { connect, type Database } from '../../server/platform/db/connect.ts';
import { KeptAnswers } from '../../server/platform/idempotency/kept-answers.ts';
import { startApp } from '../kit/app.ts';
import { createDatabase } from '../kit/database.ts';
import { eventually } from '../kit/eventually.ts';
import { countWaiting } from '../kit/outage.ts';
import { endProcesses, type Running, startProcess, testEnvironment } from '../kit/process.ts';
import { databaseProxy } from '../kit/proxy.ts';
import { quickSession } from '../kit/quick-session.ts';
import { makeAdministrator, signUp } from '../kit/sign-up.ts';

interface Answer {
  readonly status: number;
  readonly isReplay: boolean;
  readonly text: string;
}

async function makeRole(
  url: string,
  headers: Record<string, string>,
  [key, name]: readonly [string, string],
): Promise<Answer> {
  const answer = await fetch(`${url}${apiPrefix}/roles`, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json', 'Idempotency-Key': key },
    body: JSON.stringify({ name }),
  });
  const isReplay = answer.headers.has('idempotency-replayed');
  return { status: answer.status, isReplay, text: await answer.text() };
}

const aRole = () => [randomUUID(), `role-${randomUUID()}`] as const;
const countRoles = async (db: Database, [, name]: readonly [string, string]) =>
  (await db('roles').where({ name })).length;

describe('a process that is killed', () => {
  const parts = {} as { url: string; db: Database; drop: () => Promise<void> };

  beforeAll(async () => {
    const { url, drop } = await createDatabase();
    const db = connect({ url, poolSize: 3, statementTimeoutMs: 60_000 });
    Object.assign(parts, { url, db, drop });
  });
  afterAll(async () => {
    endProcesses();
    await parts.db.destroy();
    await parts.drop();
  });

  it('right after its commit has left the answer, and before it nothing', async () => {
    const { url, db } = parts;
    const proxy = await databaseProxy(url);
    onTestFinished(() => proxy.close());
    const first = startProcess({ ...testEnvironment(proxy.url), DATABASE_DIRECT_URL: url });
    const headers = await anAdministrator(first);
    const role = aRole();

    // It has sent its COMMIT, which waits; then it hears nothing any more, and dies.
    const commits = await holdCommits(db);
    const lost = makeRole(await first.listening(), headers, role).catch((error: Error) => error);
    await eventually(async () => expect(await countWaiting(parts)).toBe(1));
    proxy.pause();
    await commits.release();
    await eventually(async () => expect(await countRoles(db, role)).toBe(1));
    first.child.kill('SIGKILL');
    expect(await lost).toBeInstanceOf(Error);

    const second = startProcess(testEnvironment(url));
    const again = await makeRole(await second.listening(), headers, role);
    expect(again).toMatchObject({ status: 201, isReplay: true });
    expect(JSON.parse(again.text)).toMatchObject({ name: role[1] });
    expect(await countRoles(db, role)).toBe(1);

    // Its last statement waits, and nothing follows.
    const other = aRole();
    const table = await db.transaction();
    await table.raw('lock table idempotency_keys in share mode');
    const undone = makeRole(await second.listening(), headers, other).catch(
      (error: Error) => error,
    );
    await eventually(async () => expect(await countWaiting(parts)).toBe(1));
    second.child.kill('SIGKILL');
    expect(await undone).toBeInstanceOf(Error);
    await table.rollback();

    const third = startProcess(testEnvironment(url));
    const url3 = await third.listening();
    await eventually(async () => {
      const done = await makeRole(url3, headers, other);
      expect(done).toMatchObject({ status: 201, isReplay: false });
    });
    expect(await countRoles(db, other)).toBe(1);
    expect(await db('auditEntries').where({ operation: 'rolesCreate' })).toHaveLength(2);
  }, 240_000);

  async function anAdministrator(running: Running): Promise<Record<string, string>> {
    const baseUrl = await running.listening();
    const { id, token } = await signUp({ client: () => createClient({ baseUrl }) });
    await makeAdministrator(parts.url, id);
    return { Authorization: `Bearer ${token}` };
  }
});

/** From now on a transaction that keeps an answer stays in its COMMIT until it is released. */
async function holdCommits(db: Database): Promise<{ release(): Promise<unknown> }> {
  await db.raw(`create function wait_for_gate() returns trigger language plpgsql as $$
    begin perform pg_advisory_xact_lock_shared(61); return null; end $$`);
  await db.raw(`create constraint trigger gate after insert on idempotency_keys
    deferrable initially deferred for each row execute function wait_for_gate()`);
  const gate = await db.transaction();
  await gate.raw('select pg_advisory_xact_lock(61)');
  return { release: () => gate.rollback() };
}

// The backend of a server elsewhere is nobody's to stop.
describe.runIf(!process.env.TEST_DATABASE_URL)('a database that is stopped', () => {
  it('may have committed what was answered 503: the key tells, and nothing is there twice', async () => {
    const app = await startApp({ DATABASE_STATEMENT_TIMEOUT_MS: '1000' });
    onTestFinished(() => app.close());
    const { headers } = await quickSession(app, { roles: ['admin'] });
    const role = aRole();
    const backend = stopBeforeCommit();
    onTestFinished(() => backend.goOn());

    expect(await makeRole(app.url, headers, role)).toMatchObject({ status: 503 });
    expect(await countRoles(app.db, role)).toBe(0);
    backend.goOn();
    await eventually(async () => expect(await countRoles(app.db, role)).toBe(1));
    const again = await makeRole(app.url, headers, role);
    expect(again).toMatchObject({ status: 201, isReplay: true });
    expect(await countRoles(app.db, role)).toBe(1);
  });
});

/** SIGSTOP for the one backend that is about to get a COMMIT, as if the whole server were stopped then. */
function stopBeforeCommit(): { goOn(): void } {
  let stopped: number | undefined;
  const { keep } = KeptAnswers.prototype as { readonly keep: Keep };
  const spy = vi.spyOn(KeptAnswers.prototype, 'keep').mockImplementation(async function (
    this: KeptAnswers,
    ...given
  ) {
    await keep.apply(this, given);
    const { rows } = await given[0].raw('select pg_backend_pid() as pid');
    stopped = rows[0].pid as number;
    process.kill(stopped, 'SIGSTOP');
  });
  return {
    goOn: () => {
      spy.mockRestore();
      if (stopped !== undefined) process.kill(stopped, 'SIGCONT');
      stopped = undefined;
    },
  };
}

type Keep = (this: KeptAnswers, ...given: Parameters<KeptAnswers['keep']>) => Promise<void>;
