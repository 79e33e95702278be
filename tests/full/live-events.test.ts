import { randomUUIDv7 } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { eventStream } from '../../client/events.ts';
import { apiKey, type Connection } from '../../client/index.ts';
import { connect, type Database } from '../../server/platform/db/connect.ts';
import { tell } from '../features/events/listening.ts';
import { noLimits, publicUrl, type TestApp } from '../kit/app.ts';
import { TestClock } from '../kit/clock.ts';
import { createDatabase } from '../kit/database.ts';
import { eventually } from '../kit/eventually.ts';
import { endProcesses, startProcess, testEnvironment } from '../kit/process.ts';
import { quickProgram } from '../kit/quick-key.ts';

afterAll(endProcesses);

it('a process that stops hands its streams on to another: each event comes once, in order', async () => {
  const { url: databaseUrl, drop } = await createDatabase();
  onTestFinished(drop);
  const db = connect({ url: databaseUrl, poolSize: 2, statementTimeoutMs: 60_000 });
  onTestFinished(() => db.destroy());
  const start = () =>
    startProcess({ ...testEnvironment(databaseUrl), ...noLimits, JOBS_IN_API: 'false' });
  const [one, other] = [start(), start()];
  const [oneUrl, otherUrl] = await Promise.all([one.listening(), other.listening()]);
  const clock = new TestClock();
  const { key } = await quickProgram({ db, clock } as unknown as TestApp, ['users:manage']);

  const balancer = new Balancer(oneUrl);
  const heard: string[] = [];
  const controller = new AbortController();
  onTestFinished(() => controller.abort());
  const read = async () => {
    const { connection } = balancer;
    const follow = { types: ['account.updated'], signal: controller.signal } as const;
    const stream = eventStream({ ...connection, credentials: apiKey(key) }, follow);
    for await (const { id } of stream) heard.push(id);
  };
  const reading = read();
  // Opened: whatever is committed from here on is for it.
  await eventually(() => expect(balancer.opened).toHaveLength(1));
  const publisher = publish(db, clock);
  onTestFinished(async () => void (await publisher.stop()));
  await eventually(() => expect(heard.length).toBeGreaterThan(20));

  balancer.leadTo(otherUrl);
  one.child.kill('SIGTERM');
  expect(await one.end).toBe(0);
  await eventually(() => expect(balancer.opened).toHaveLength(2));
  const before = heard.length;
  await eventually(() => expect(heard.length).toBeGreaterThan(before + 20));
  const told = await publisher.stop();
  await eventually(() => expect(heard.length).toBeGreaterThanOrEqual(told.length));

  expect(heard).toEqual(told);
  const [first, second] = balancer.opened;
  // It ended, and did not break off; and the second was opened behind what the first had told.
  expect(first).toMatchObject({ url: oneUrl, lastEventId: null, hasEnded: true });
  expect(second).toMatchObject({ url: otherUrl, lastEventId: expect.any(String), hasEnded: false });
  const handedOver = told.indexOf(second?.lastEventId ?? '');
  expect(handedOver).toBeGreaterThanOrEqual(20);
  expect(handedOver).toBeLessThan(told.length - 1);
  expect(one.output()).toMatch(/"operation":"events\.follow".*"openMs"|"openMs".*"events\.follow"/);

  controller.abort();
  await reading;
  other.child.kill('SIGTERM');
  expect(await other.end).toBe(0);
});

interface Opened {
  readonly url: string;
  readonly lastEventId: string | null;
  /** In order: a connection that breaks off does not. */
  hasEnded: boolean;
}

/** Leads whoever connects to one process, and notes what was opened. */
class Balancer {
  readonly opened: Opened[] = [];
  #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  leadTo(url: string): void {
    this.#url = url;
  }

  get connection(): Connection {
    return { baseUrl: publicUrl, fetch: (url, init) => this.#fetch(url, init as RequestInit) };
  }

  async #fetch(asked: string, init: RequestInit): Promise<Response> {
    const url = this.#url;
    const response = await fetch(asked.replace(publicUrl, url), init);
    if (!response.ok || !response.body) return response;
    const lastEventId = new Headers(init.headers).get('last-event-id');
    const opened: Opened = { url, lastEventId, hasEnded: false };
    this.opened.push(opened);
    const noting = new TransformStream<Uint8Array, Uint8Array>({
      flush: () => {
        opened.hasEnded = true;
      },
    });
    const { status, headers } = response;
    return new Response(response.body.pipeThrough(noting), { status, headers });
  }
}

/** One event after the other, each in a transaction of its own; their ids. */
function publish(db: Database, clock: TestClock) {
  const told: string[] = [];
  let isStopped = false;
  const run = async () => {
    while (!isStopped) {
      told.push(...(await tell({ db, clock }, { data: { userId: randomUUIDv7() } })));
      // A pace that leaves room for whoever tells of them.
      await pause(5);
    }
  };
  const running = run();
  return {
    stop: async () => {
      isStopped = true;
      await running;
      return told;
    },
  };
}
