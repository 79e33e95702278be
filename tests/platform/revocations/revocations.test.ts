import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { EndedTokens } from '../../../server/features/sessions/ended-tokens.ts';
import { systemClock } from '../../../server/platform/clock.ts';
import { inTransaction } from '../../../server/platform/db/transaction.ts';
import type { RevocationBus } from '../../../server/platform/revocations/bus.ts';
import { type Revocation, Revocations } from '../../../server/platform/revocations/revocations.ts';
import { recordingLog } from '../../kit/app.ts';
import { TestClock } from '../../kit/clock.ts';
import { useConnection } from '../../kit/database.ts';
import { eventually } from '../../kit/eventually.ts';

const db = useConnection();
const never = 1_000_000;

/** A bus that carries news only when the test says so. */
class TestBus implements RevocationBus {
  news: () => void = () => {};
  async announce() {}
  listen(onNews: () => void) {
    this.news = onNews;
  }
  async close() {}
}

const processes: Revocations[] = [];

afterEach(async () => {
  await Promise.all(processes.splice(0).map((one) => one.stop()));
});

/** One process of several on the same database. */
async function aProcess({ pollMs = never, database = db() } = {}) {
  const [bus, clock, { log, logs }] = [new TestBus(), new TestClock(), recordingLog()];
  const revocations = new Revocations({
    db: database,
    bus,
    clock,
    log,
    pollMs,
  });
  const heard: Revocation[] = [];
  revocations.onRevoked((revocation) => heard.push(revocation));
  processes.push(revocations);
  const ended = new EndedTokens({ clock, revocations }, { kind: 'session', tokenLifeSeconds: 330 });
  await revocations.start();
  return {
    revocations,
    bus,
    clock,
    logs,
    heard,
    isDenied: (id: string) => ended.has(id),
  };
}

type Process = Awaited<ReturnType<typeof aProcess>>;

const session = (subject: string) => ({ kind: 'session', subject }) as const;

function revoke({ revocations }: Process, subject = randomUUID()): Promise<string> {
  return inTransaction(db(), systemClock, async (trx) => {
    await revocations.record(trx, session(subject));
    return subject;
  });
}

/** A revocation whose transaction stays open until the test ends it. */
function slowly({ revocations }: Process) {
  const subject = randomUUID();
  const [begun, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const done = inTransaction(db(), systemClock, async (trx) => {
    await revocations.record(trx, session(subject));
    begun.resolve();
    await end.promise;
  });
  return { subject, begun: begun.promise, done, commit: end.resolve, fail: end.reject };
}

describe('a revocation', () => {
  it('holds on the answering process as soon as it is committed', async () => {
    const here = await aProcess();
    expect(here.isDenied(await revoke(here))).toBe(true);
    expect(here.heard).toHaveLength(1);
  });

  it('that is rolled back never was', async () => {
    const [here, there] = [await aProcess(), await aProcess()];
    const { subject, begun, done, fail } = slowly(here);
    await begun;
    fail(new Error('changed my mind'));
    await expect(done).rejects.toThrow('changed my mind');
    const later = await revoke(here);
    there.bus.news();
    await eventually(() => expect(there.isDenied(later)).toBe(true));
    expect([here.isDenied(subject), there.isDenied(subject)]).toEqual([false, false]);
  });

  it('is not missed when it commits after a younger one was read', async () => {
    const [here, there] = [await aProcess(), await aProcess()];
    const older = slowly(here);
    await older.begun;
    const younger = await revoke(here);
    there.bus.news();
    await eventually(() => expect(there.isDenied(younger)).toBe(true));
    older.commit();
    await older.done;
    there.bus.news();
    await eventually(() => expect(there.isDenied(older.subject)).toBe(true));
  });

  it('reaches other processes without any announcement, by the poll', async () => {
    const [here, there] = [await aProcess(), await aProcess({ pollMs: 10 })];
    const subject = await revoke(here);
    await eventually(() => expect(there.isDenied(subject)).toBe(true));
  });

  it('is applied once on each process, however often its row is read', async () => {
    const here = await aProcess();
    const open = slowly(here);
    await open.begun;
    const there = await aProcess();
    const first = await revoke(here);
    for (let turn = 0; turn < 3; turn += 1) {
      const next = await revoke(here);
      there.bus.news();
      await eventually(() => expect(there.isDenied(next)).toBe(true));
    }
    expect(there.heard.filter(({ subject }) => subject === first)).toHaveLength(1);
    open.commit();
    await open.done;
  });

  it('is known to a process that starts later', async () => {
    const subject = await revoke(await aProcess());
    const later = await aProcess();
    expect(later.isDenied(subject)).toBe(true);
  });

  it('lets the sequence grow, so that what was read before it is not trusted', async () => {
    const here = await aProcess();
    const before = here.revocations.sequence;
    await revoke(here);
    expect(here.revocations.sequence).toBe(before + 1);
  });

  it('is forgotten when the last token of its session has expired', async () => {
    const here = await aProcess();
    const subject = await revoke(here);
    here.clock.advance({ seconds: 329 });
    here.bus.news();
    await revoke(here);
    expect(here.isDenied(subject)).toBe(true);
    here.clock.advance({ seconds: 2 });
    here.bus.news();
    await eventually(() => expect(here.isDenied(subject)).toBe(false));
  });
});

describe('what a process has heard', () => {
  it('is as old as its last reading', async () => {
    const { revocations, bus } = await aProcess();
    const lastReadAt = () => performance.now() - revocations.ageMs;
    const before = lastReadAt();
    bus.news();
    await eventually(() => expect(lastReadAt()).toBeGreaterThan(before + 0.1));
  });
});
