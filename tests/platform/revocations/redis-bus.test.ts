import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { inTransaction } from '../../../server/platform/db/transaction.ts';
import type { RevocationBus } from '../../../server/platform/revocations/bus.ts';
import { RedisBus } from '../../../server/platform/revocations/redis-bus.ts';
import { type Revocation, Revocations } from '../../../server/platform/revocations/revocations.ts';
import { SeveralBuses } from '../../../server/platform/revocations/several-buses.ts';
import { recordingLog } from '../../kit/app.ts';
import { TestClock } from '../../kit/clock.ts';
import { useConnection } from '../../kit/database.ts';
import { eventually } from '../../kit/eventually.ts';
import { openRedis } from '../../kit/redis.ts';
import { type RedisServer, redisVersion, startRedis } from '../../kit/redis-server.ts';

const db = useConnection();
const never = 1_000_000;

/** One process of several on the same database, which reads it only when the bus says so. */
async function follow(bus: RevocationBus) {
  const [clock, { log }] = [new TestClock(), recordingLog()];
  const revocations = new Revocations({ db: db(), bus, clock, log, pollMs: never });
  const heard: Revocation[] = [];
  revocations.onRevoked((revocation) => heard.push(revocation));
  onTestFinished(() => revocations.stop());
  await revocations.start();
  return {
    heard,
    revoke: (revocation: Revocation) =>
      inTransaction(db(), clock, (tx) => revocations.record(tx, revocation)),
  };
}

describe.runIf(redisVersion)('a revocation that Redis announces', () => {
  const shared = {} as { server: RedisServer };
  beforeAll(async () => {
    shared.server = await startRedis();
  });
  afterAll(() => shared.server.stop());

  async function aProcess(others: readonly RevocationBus[] = []) {
    const { redis } = await openRedis({ REDIS_URL: shared.server.url });
    return follow(new SeveralBuses([...others, new RedisBus(redis.channels)]));
  }

  const session = () => ({ kind: 'session', subject: randomUUID() }) as const;
  const subscribers = () => shared.server.command('PUBSUB', 'NUMSUB', 'charter:revocations');

  it('reaches the other process, once', async () => {
    const [one, other] = [await aProcess(), await aProcess()];
    await eventually(() => expect(subscribers()).toMatch(/\n2$/));
    const done = session();
    await one.revoke(done);
    await eventually(() => expect(other.heard).toEqual([done]));
    expect(one.heard).toEqual([done]);
  });

  it('is read after Redis was away, though what it announced then is lost', async () => {
    const [one, other] = [await aProcess(), await aProcess()];
    await eventually(() => expect(subscribers()).toMatch(/\n2$/));
    const [lost, first] = [session(), other.heard.length];
    await shared.server.kill();
    await one.revoke(lost);
    expect(other.heard).toHaveLength(first);
    await shared.server.start();
    await eventually(() => expect(other.heard).toContainEqual(lost));
  });
});
