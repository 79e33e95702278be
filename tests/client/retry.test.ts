import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { healthCheck } from '../../client/generated/health.ts';
import { meGet, meUpdate } from '../../client/generated/me.ts';
import { rolesCreate } from '../../client/generated/roles.ts';
import { usersAssignRole, usersRemove } from '../../client/generated/users.ts';
import { AnswerError, bearer, NetworkError, retry, tokensInMemory } from '../../client/index.ts';
import { scripted } from './scripted.ts';
import { problem, type Reply } from './stand-in.ts';

const me: Reply = { status: 200, body: { id: '1', username: 'ada' } };
const away = (headers = {}) => ({ ...problem(503, 'service_unavailable'), headers });
const busy = problem(409, 'idempotency_key_in_use');
const page: Reply = { status: 502, type: 'text/html', body: '<h1>Bad Gateway</h1>' };

beforeEach(() => {
  vi.useFakeTimers({ now: new Date('2026-11-21T12:00:00Z') });
  // The longest that chance lets it wait.
  vi.spyOn(Math, 'random').mockReturnValue(1);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** A connection that tries again, and when each request left, in ms from the first one. */
function trying(replies: (Reply | undefined)[], options?: Parameters<typeof retry>[0]) {
  const { connection, sent } = scripted(...replies);
  const began = Date.now();
  const times: number[] = [];
  const fetch: typeof connection.fetch = (url, init) => {
    times.push(Date.now() - began);
    return connection.fetch(url, init);
  };
  return { connection: { ...connection, fetch, retry: retry(options) }, sent, times };
}

/** What becomes of a call, however long it waits. */
async function settled(call: Promise<unknown>): Promise<unknown> {
  const outcome = call.catch((error: unknown) => error);
  await vi.runAllTimersAsync();
  return outcome;
}

describe('what is sent again', () => {
  it.each<[string, Reply | undefined]>([
    ['no answer came', undefined],
    ['the service is away', away()],
    ['there were too many requests', problem(429, 'rate_limited')],
    ["a proxy's page says that nobody is there", page],
  ])('is a read where %s', async (_, first) => {
    const { connection, times } = trying([first, me]);
    expect(await settled(meGet(connection))).toMatchObject({ ok: true });
    expect(times).toEqual([0, 250]);
  });

  it('is what may be done twice', async () => {
    const done: Reply = { status: 204 };
    const put = trying([undefined, done]);
    const assigned = usersAssignRole(put.connection, { userId: '1', roleId: '2' });
    expect(await settled(assigned)).toMatchObject({ ok: true });
    const removing = trying([undefined, done]);
    expect(await settled(usersRemove(removing.connection, { userId: '1' }))).toMatchObject({
      ok: true,
    });
  });

  it('is what has a key, which stays the same, and waits while the first is worked on', async () => {
    const role: Reply = { status: 201, body: { id: '1', name: 'a' } };
    const { connection, sent, times } = trying([undefined, busy, role]);
    expect(await settled(rolesCreate(connection, { body: { name: 'a' } }))).toMatchObject({
      ok: true,
    });
    expect(new Set(sent.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
    expect(times).toEqual([0, 250, 750]);
  });

  it('is each request of credentials by itself', async () => {
    const unknown = problem(401, 'unauthenticated');
    const pair = { delivery: 'tokens', accessToken: 'new', refreshToken: 'b' };
    const { connection, sent } = trying([undefined, unknown, { status: 200, body: pair }, me]);
    const credentials = bearer(tokensInMemory({ accessToken: 'old', refreshToken: 'a' }));
    expect(await settled(meGet({ ...connection, credentials }))).toMatchObject({ ok: true });
    expect(sent.map(({ headers }) => headers['authorization'])).toEqual([
      'Bearer old',
      'Bearer old',
      undefined,
      'Bearer new',
    ]);
  });
});

describe('what is sent once', () => {
  it('is a change that may not be done twice, whatever happens', async () => {
    for (const first of [undefined, away(), problem(429, 'rate_limited'), page]) {
      const { connection, sent } = trying([first, me]);
      await settled(meUpdate(connection, { body: { fullName: 'Ada' } }));
      expect(sent).toHaveLength(1);
    }
  });

  it('is what another time would not make better', async () => {
    const refusals = [problem(404, 'not_found'), problem(500, 'internal_error')];
    const strange: Reply = { status: 200, type: 'text/html', body: '<p>' };
    for (const first of [...refusals, strange]) {
      const { connection, sent } = trying([first, me]);
      await settled(meGet(connection));
      expect(sent).toHaveLength(1);
    }
  });

  it('is an unhealthy report: it is the answer', async () => {
    const { connection, sent } = trying([{ status: 503, body: { status: 'unhealthy' } }, me]);
    expect(await settled(healthCheck(connection))).toMatchObject({ status: 503 });
    expect(sent).toHaveLength(1);
  });
});

describe('between two tries', () => {
  it('the pause doubles, and the last refusal is the answer', async () => {
    const { connection, times } = trying([away(), away(), away(), away(), me], {
      attempts: 4,
      backoffMs: 100,
    });
    expect(await settled(meGet(connection))).toMatchObject({ status: 503 });
    expect(times).toEqual([0, 100, 300, 700]);
  });

  it('chance decides over half of it, so that not all come back at once', async () => {
    vi.mocked(Math.random).mockReturnValue(0);
    const { connection, times } = trying([undefined, undefined, me]);
    await settled(meGet(connection));
    expect(times).toEqual([0, 125, 375]);
  });

  it.each([
    ['seconds', '7', 7_000],
    ['a date', 'Sat, 21 Nov 2026 12:00:09 GMT', 9_000],
    ['a date that has passed', 'Sat, 21 Nov 2026 11:00:00 GMT', 0],
    ['nonsense', 'soon', 0],
    ['less than nothing', '-5', 0],
  ])('`Retry-After` is waited for, as %s', async (_, text, ms) => {
    const { connection, times } = trying([away({ 'retry-after': text }), me]);
    expect(await settled(meGet(connection))).toMatchObject({ ok: true });
    expect(times).toEqual([0, ms + 250]);
  });

  it('nobody waits longer than they want to, or than the call may take', async () => {
    const long = () => away({ 'retry-after': '60' });
    const patient = { longestWaitMs: 90_000 };
    for (const { options, timeoutMs } of [{}, { options: patient, timeoutMs: 10_000 }]) {
      const { connection, times } = trying([long(), me], options);
      expect(await settled(meGet(connection, {}, { timeoutMs }))).toMatchObject({ status: 503 });
      expect(times).toEqual([0]);
    }
  });

  it('the pause grows no longer than somebody wants to wait, and no try is left out', async () => {
    const { connection, times } = trying(Array(6).fill(undefined), {
      attempts: 5,
      longestWaitMs: 600,
    });
    expect(await settled(meGet(connection))).toBeInstanceOf(NetworkError);
    expect(times).toEqual([0, 250, 750, 1350, 1950]);
    const told = trying([away({ 'retry-after': '1' }), me], { longestWaitMs: 1_000 });
    expect(await settled(meGet(told.connection))).toMatchObject({ ok: true });
  });

  it('an abort ends the wait, and leaves no timer', async () => {
    const { connection, sent } = trying([undefined, me]);
    const controller = new AbortController();
    const call = meGet(connection, {}, { signal: controller.signal });
    const failed = expect(call).rejects.toThrow('enough');
    await vi.advanceTimersByTimeAsync(100);
    controller.abort(new Error('enough'));
    await failed;
    expect(sent).toHaveLength(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});

it('errors are thrown as they came, where all tries are used up', async () => {
  const { connection, sent } = trying([undefined, undefined, undefined]);
  expect(await settled(meGet(connection))).toBeInstanceOf(NetworkError);
  expect(sent).toHaveLength(3);
  const proxied = trying([page, page], { attempts: 2 });
  expect(await settled(meGet(proxied.connection))).toBeInstanceOf(AnswerError);
});
