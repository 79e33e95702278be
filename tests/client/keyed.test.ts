import { afterEach, describe, expect, it, vi } from 'vitest';
import { rolesCreate, rolesGet } from '../../client/generated/roles.ts';
import { bearer, type Fetch, NetworkError } from '../../client/index.ts';
import { problem, type Reply, standIn } from './stand-in.ts';

const role = { status: 201, body: { id: '1', name: 'support' } };
const body = { name: 'support' };
const busy = problem(409, 'idempotency_key_in_use');
const keyOf = ({ headers }: { headers: object }) =>
  (headers as Record<string, string>)['idempotency-key'];

/** Answers one after the other; where there is none, the connection breaks. */
async function answering(...replies: (Reply | undefined)[]) {
  const service = await standIn(() => role);
  const keys: (string | undefined)[] = [];
  const fetchOrBreak: Fetch = async (_url, init) => {
    keys.push(keyOf(init));
    const reply = replies.shift();
    if (!reply) throw new TypeError('fetch failed');
    const { status, body: content } = reply;
    const type = status < 400 ? 'application/json' : 'application/problem+json';
    return new Response(JSON.stringify(content), { status, headers: { 'content-type': type } });
  };
  return { connection: { ...service, fetch: fetchOrBreak }, keys };
}

afterEach(() => vi.useRealTimers());

describe('a call that creates', () => {
  it('has a key of its own, or the one that it is given', async () => {
    const service = await standIn(() => role);
    await rolesCreate(service, { body });
    await rolesCreate(service, { body });
    await rolesCreate(service, { body }, { idempotencyKey: 'mine' });
    const [one, other, given] = service.requests.map(keyOf);
    expect(one).toMatch(/^[\d-]{4,43}$/);
    expect(other).not.toBe(one);
    expect(given).toBe('mine');
  });

  it.each([
    ['where no answer came', undefined],
    ['where the first is still being worked on', busy],
  ])('is sent again with the same key %s', async (_when, first) => {
    const { connection, keys } = await answering(first, role);
    expect(await rolesCreate(connection, { body })).toMatchObject({ ok: true, status: 201 });
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  it('keeps its key over a refresh', async () => {
    const tokens = { accessToken: 'old', refreshToken: 'r' };
    const fresh = { delivery: 'tokens', accessToken: 'new', refreshToken: 's' };
    const service = await standIn(({ url, headers }) => {
      if (url.endsWith('/refresh')) return { status: 200, body: fresh };
      return headers.authorization === 'Bearer new' ? role : problem(401, 'unauthenticated');
    });
    const credentials = bearer({
      read: () => tokens,
      write: (next) => void Object.assign(tokens, next),
    });
    expect(await rolesCreate({ ...service, credentials }, { body })).toMatchObject({ ok: true });
    const [one, , other] = service.requests.map(keyOf);
    expect(other).toBe(one);
  });

  it('gives up after three times, a second apart', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const { connection, keys } = await answering();
    const failed = expect(rolesCreate(connection, { body })).rejects.toThrow(NetworkError);
    await vi.advanceTimersByTimeAsync(1000);
    await failed;
    expect(keys).toHaveLength(3);
  });

  it('waits no longer than its caller', async () => {
    const { connection, keys } = await answering();
    const { signal, abort } = stopped();
    const failed = expect(rolesCreate(connection, { body }, { signal })).rejects.toBe('enough');
    await vi.waitFor(() => expect(keys).toHaveLength(2));
    abort();
    await failed;
  });

  it('takes a refusal as it is', async () => {
    const { connection, keys } = await answering(problem(409, 'role_name_taken'));
    expect(await rolesCreate(connection, { body })).toMatchObject({ status: 409 });
    expect(keys).toHaveLength(1);
  });
});

it('a call that creates nothing has no key, and is sent once', async () => {
  const { connection, keys } = await answering();
  await expect(rolesGet(connection, { roleId: '1' })).rejects.toThrow(NetworkError);
  expect(keys).toEqual([undefined]);
});

function stopped() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort('enough') };
}
