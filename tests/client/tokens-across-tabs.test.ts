import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bearer, createClient, type Tokens, tokensAcrossTabs } from '../../client/index.ts';
import { gate, problem, standIn } from './stand-in.ts';

const pair = (name: string): Tokens => ({ accessToken: `a-${name}`, refreshToken: `r-${name}` });

// Node has what tabs talk by; a real browser has it in tests/checks/runtimes.
beforeEach(() => vi.stubGlobal('window', globalThis));
afterEach(() => vi.unstubAllGlobals());

let last = 0;
/** Stores as so many tabs have them. */
function tabs(count: number) {
  last += 1;
  const name = `test-${last}`;
  const open = () => tokensAcrossTabs(name);
  return { open, stores: Array.from({ length: count }, open) };
}

describe('tokens across tabs', () => {
  it('are in each tab when they are written, and in none when they are dropped', async () => {
    const { stores } = tabs(3);
    const read = () => Promise.all(stores.map(async (store) => store.read()));
    expect(await read()).toEqual([undefined, undefined, undefined]);
    await stores[0]?.write(pair('1'));
    expect(await read()).toEqual(Array(3).fill(pair('1')));
    await stores[2]?.write(undefined);
    expect(await read()).toEqual([undefined, undefined, undefined]);
  });

  it('are there for a tab that is opened later', async () => {
    const { open, stores } = tabs(2);
    await stores[0]?.write(pair('1'));
    expect(await open().read()).toEqual(pair('1'));
  });

  it('are the same in all of them, whoever writes at the same time', async () => {
    const { stores } = tabs(4);
    await Promise.all(stores.map(async (store, at) => store.write(pair(String(at)))));
    const [first, ...others] = await Promise.all(stores.map(async (store) => store.read()));
    expect(first).toBeDefined();
    expect(others).toEqual(Array(3).fill(first));
  });

  it('are refreshed by one tab for all', async () => {
    const { stores } = tabs(3);
    await stores[0]?.write(pair('old'));
    const all = gate();
    let refused = 0;
    const { baseUrl, requests } = await standIn(async ({ url, headers }) => {
      if (url.endsWith('/refresh')) return { status: 200, body: pair('new') };
      if (headers.authorization === 'Bearer a-new') return { status: 200, body: { id: '1' } };
      refused += 1;
      if (refused === 6) all.open();
      await all.opened;
      return problem(401, 'unauthenticated');
    });
    const clients = stores.map((store) => createClient({ baseUrl, credentials: bearer(store) }));
    const calls = clients.flatMap(({ me }) => [me.get(), me.get()]);
    expect((await Promise.all(calls)).map(({ ok }) => ok)).toEqual(Array(6).fill(true));
    expect(requests.filter(({ url }) => url.endsWith('/refresh'))).toHaveLength(1);
  });

  it('are shared by nobody outside of a browser', async () => {
    vi.unstubAllGlobals();
    const { stores } = tabs(2);
    await stores[0]?.write(pair('1'));
    expect(await stores[1]?.read()).toBeUndefined();
  });
});
