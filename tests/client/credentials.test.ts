import { describe, expect, it } from 'vitest';
import {
  apiKey,
  bearer,
  type Client,
  cookie,
  createClient,
  NetworkError,
  type TokenStore,
  type Tokens,
  tokensInMemory,
} from '../../client/index.ts';
import { type Answering, gate, problem, type Reply, standIn } from './stand-in.ts';

const user = { view: 'full', id: '1', username: 'ada' };
const pair = (name: string): Tokens => ({
  accessToken: `access-${name}`,
  refreshToken: `refresh-${name}`,
});
const issued = (name: string): Reply => ({
  status: 200,
  body: { ...pair(name), tokenType: 'Bearer', expiresInSeconds: 300 },
});

/** A service that takes the access token `new` only, and refreshes to it. */
async function service(over: Record<string, Answering> = {}) {
  const { baseUrl, requests } = await standIn((request) => {
    const own = over[request.url];
    if (own) return own(request);
    if (request.url.endsWith('/refresh')) return issued('new');
    const isKnown = request.headers.authorization === 'Bearer access-new';
    return isKnown ? { status: 200, body: user } : problem(401, 'unauthenticated');
  });
  const to = (path: string) => requests.filter(({ url }) => url.endsWith(path));
  return { baseUrl, requests, to };
}

function signedIn(baseUrl: string, store: TokenStore = tokensInMemory(pair('old'))) {
  return { client: createClient({ baseUrl, credentials: bearer(store) }), store };
}

describe('cookie credentials', () => {
  it('let the browser send its cookie, and put no token into the request', async () => {
    const sent: RequestInit[] = [];
    const ownFetch = async (_: unknown, init: RequestInit = {}) => {
      sent.push(init);
      return Response.json({ ...(issued('new').body as object), delivery: 'cookie' });
    };
    const connection = { baseUrl: '', credentials: cookie(), fetch: ownFetch as typeof fetch };
    const client = createClient(connection);
    const body = { identifier: 'ada', password: 'secret', delivery: 'cookie' } as const;
    await client.auth.login({ body });
    await client.me.get();
    expect(sent.map(({ credentials }) => credentials)).toEqual(['include', 'include']);
    expect(JSON.stringify(sent)).not.toContain('authorization');
  });

  it('do not refresh: a 401 is the answer', async () => {
    const { baseUrl, requests } = await service();
    const answer = await createClient({ baseUrl, credentials: cookie() }).me.get();
    expect(answer.status).toBe(401);
    expect(requests).toHaveLength(1);
  });
});

describe('an API key', () => {
  it('goes with each call, and is not refreshed', async () => {
    const { baseUrl, requests } = await service();
    const client = createClient({ baseUrl, credentials: apiKey('charter_x') });
    expect((await client.me.get()).problem?.code).toBe('unauthenticated');
    expect(requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer charter_x']);
  });
});

describe('bearer credentials', () => {
  it('keep the tokens of a sign-in and send them from then on', async () => {
    const { baseUrl, requests } = await service({ '/api/v1/auth/login': () => issued('new') });
    const client = createClient({ baseUrl, credentials: bearer() });
    await client.auth.login({ body: { identifier: 'a', password: 'b', delivery: 'tokens' } });
    expect((await client.me.get()).ok).toBe(true);
    expect(requests.map(({ headers }) => headers.authorization)).toEqual([
      undefined,
      'Bearer access-new',
    ]);
  });

  it('leave a sign-in by cookie alone and drop the tokens of the one before', async () => {
    const reply = { status: 200, body: { delivery: 'cookie', session: {}, user } };
    const { baseUrl } = await service({ '/api/v1/auth/login': () => reply });
    const { client, store } = signedIn(baseUrl);
    const body = { identifier: 'a', password: 'b', delivery: 'cookie' } as const;
    expect((await client.auth.login({ body })).ok).toBe(true);
    expect(store.read()).toBeUndefined();
  });

  it('keep what they hold when a sign-in is refused', async () => {
    const refused = () => problem(401, 'invalid_credentials');
    const { baseUrl, to } = await service({ '/api/v1/auth/login': refused });
    const { client, store } = signedIn(baseUrl);
    const body = { identifier: 'a', password: 'b', delivery: 'tokens' } as const;
    const answer = await client.auth.login({ body });
    expect(answer.problem?.code).toBe('invalid_credentials');
    expect(store.read()).toEqual(pair('old'));
    expect(to('/refresh')).toHaveLength(0);
  });

  it('forget the tokens on signing out, even where that needs a refresh first', async () => {
    const { baseUrl } = await service({
      '/api/v1/auth/logout': ({ headers }) =>
        headers.authorization === 'Bearer access-new'
          ? { status: 204 }
          : problem(401, 'unauthenticated'),
    });
    const { client, store } = signedIn(baseUrl);
    expect((await client.auth.logout()).status).toBe(204);
    expect(store.read()).toBeUndefined();
  });

  it('send nothing and refresh nothing while nobody is signed in', async () => {
    const { baseUrl, requests } = await service();
    const answer = await createClient({ baseUrl, credentials: bearer() }).me.get();
    expect(answer.problem?.code).toBe('unauthenticated');
    expect(requests).toHaveLength(1);
    expect(requests[0]?.headers).not.toHaveProperty('authorization');
  });
});

describe('a refresh', () => {
  it('happens once for twenty calls that are refused at the same time', async () => {
    const all = gate();
    const { baseUrl, to } = await service({
      '/api/v1/me': async ({ headers }) => {
        if (headers.authorization === 'Bearer access-new') return { status: 200, body: user };
        if (to('/me').length === 20) all.open();
        await all.opened;
        return problem(401, 'unauthenticated');
      },
    });
    const { client, store } = signedIn(baseUrl);
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.me.get()));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(to('/refresh').map(({ body }) => body)).toEqual(['{"refreshToken":"refresh-old"}']);
    expect(to('/me')).toHaveLength(40);
    expect(store.read()).toEqual(pair('new'));
  });

  it('does not happen again for a call whose refusal comes after it', async () => {
    const late = gate();
    const { baseUrl, to } = await service({
      '/api/v1/users/late': async ({ headers }) => {
        if (headers.authorization === 'Bearer access-new') return { status: 200, body: user };
        await late.opened;
        return problem(401, 'unauthenticated');
      },
    });
    const { client } = signedIn(baseUrl);
    const second = client.users.get({ userId: 'late' });
    expect((await client.me.get()).ok).toBe(true);
    late.open();
    expect((await second).ok).toBe(true);
    expect(to('/refresh')).toHaveLength(1);
  });

  it('does not happen where another process that shares the store was faster', async () => {
    const shared = tokensInMemory(pair('old'));
    const { baseUrl, to } = await service({
      '/api/v1/me': ({ headers }) => {
        if (headers.authorization === 'Bearer access-new') return { status: 200, body: user };
        void shared.write(pair('new'));
        return problem(401, 'unauthenticated');
      },
    });
    expect((await signedIn(baseUrl, shared).client.me.get()).ok).toBe(true);
    expect(to('/refresh')).toHaveLength(0);
  });

  describe('while somebody else signs in', () => {
    const body = { identifier: 'a', password: 'b', delivery: 'tokens' } as const;

    /** A call as Ada that is refused after this person has signed in, before the refresh or within it. */
    async function changedTo(who: string, when: 'before' | 'within') {
      const people = ['ada', who];
      const meanwhile: (() => Promise<unknown>)[] = [];
      const { baseUrl, to } = await service({
        '/api/v1/auth/login': () => {
          const name = people.shift() === 'ada' ? `ada-${people.length}` : 'grace';
          const id = name.replace(/-.*/, '');
          return { status: 200, body: { ...pair(name), user: { id } } };
        },
        '/api/v1/auth/refresh': async () => {
          await meanwhile.shift()?.();
          return issued('new');
        },
        '/api/v1/users/1': async ({ headers }) => {
          if (headers.authorization !== 'Bearer access-ada-1') return { status: 204 };
          if (when === 'before') await meanwhile.shift()?.();
          return problem(401, 'unauthenticated');
        },
      });
      const client = createClient({ baseUrl, credentials: bearer() });
      await client.auth.login({ body });
      meanwhile.push(() => client.auth.login({ body }));
      const { status } = await client.users.remove({ userId: '1' });
      const sentAs = to('/users/1').map(({ headers }) => headers.authorization?.slice(14));
      return { status, sentAs };
    }

    it.each(['before', 'within'] as const)(
      'a call keeps its 401, and is sent as nobody else: %s',
      async (when) => {
        expect(await changedTo('grace', when)).toEqual({ status: 401, sentAs: ['ada-1'] });
      },
    );

    it.each(['before', 'within'] as const)(
      'it goes on where that is the same person: %s',
      async (when) => {
        expect(await changedTo('ada', when)).toEqual({ status: 204, sentAs: ['ada-1', 'ada-0'] });
      },
    );
  });

  it('of tokens that somebody put into the store goes on as before', async () => {
    const { baseUrl } = await service();
    const { client, store } = signedIn(baseUrl, tokensInMemory({ ...pair('old'), userId: 'ada' }));
    expect((await client.me.get()).ok).toBe(true);
    expect(store.read()).toEqual({ ...pair('new'), userId: 'ada' });
  });

  describe('that the program asks for itself', () => {
    type Step = (client: Client, store: TokenStore) => Promise<unknown>;

    /** A call of Ada's that begins after the first step, and is refused after the second one. */
    async function refusedAfter(before: Step, meanwhile: Step) {
      const { baseUrl, to } = await service({
        '/api/v1/auth/login': () => ({
          status: 200,
          body: { ...pair('grace'), user: { id: 'grace' } },
        }),
        '/api/v1/auth/refresh': ({ body }) => issued(`${/refresh-(\w+)/.exec(body)?.[1]}2`),
        '/api/v1/users/1': async () => {
          if (to('/users/1').length > 1) return { status: 204 };
          await meanwhile(client, store);
          return problem(401, 'unauthenticated');
        },
      });
      const ada = tokensInMemory({ ...pair('ada'), userId: 'ada' });
      const { client, store } = signedIn(baseUrl, ada);
      await before(client, store);
      const { status } = await client.users.remove({ userId: '1' });
      const sentAs = to('/users/1').map(({ headers }) => headers.authorization?.slice(14));
      return { status, sentAs, store };
    }

    const refresh: Step = async (client, store) => {
      const { refreshToken = '' } = (await store.read()) ?? {};
      await client.auth.refresh({ body: { refreshToken } });
    };

    it('leaves the tokens those of the same person: a call that is under way goes on', async () => {
      const { status, sentAs, store } = await refusedAfter(async () => {}, refresh);
      expect({ status, sentAs }).toEqual({ status: 204, sentAs: ['ada', 'ada2'] });
      expect(store.read()).toEqual({ ...pair('ada2'), userId: 'ada' });
    });

    it('makes nobody the person who has refreshed before', async () => {
      const { status, sentAs, store } = await refusedAfter(refresh, async (client, held) => {
        const body = { identifier: 'grace', password: 'b', delivery: 'tokens' } as const;
        await client.auth.login({ body });
        await refresh(client, held);
      });
      expect({ status, sentAs }).toEqual({ status: 401, sentAs: ['ada2'] });
      expect(store.read()).toEqual({ ...pair('grace2'), userId: 'grace' });
    });
  });

  it('happens once per call: a second refusal is the answer', async () => {
    const { baseUrl, to } = await service({
      '/api/v1/me': () => problem(401, 'unauthenticated'),
    });
    const answer = await signedIn(baseUrl).client.me.get();
    expect(answer.problem?.code).toBe('unauthenticated');
    expect([to('/me').length, to('/refresh').length]).toEqual([2, 1]);
  });

  it('that is refused drops the tokens and gives every call its own 401', async () => {
    const refused = () => problem(401, 'invalid_refresh_token');
    const { baseUrl, to } = await service({ '/api/v1/auth/refresh': refused });
    const { client, store } = signedIn(baseUrl);
    const answers = await Promise.all([client.me.get(), client.users.get({ userId: '1' })]);
    expect(answers.map(({ problem }) => problem?.code)).toEqual(Array(2).fill('unauthenticated'));
    expect(store.read()).toBeUndefined();
    expect([to('/refresh').length, to('/me').length]).toEqual([1, 1]);
  });

  it('that an outage prevents keeps the tokens and says what happened', async () => {
    const away = () => problem(503, 'service_unavailable');
    const { baseUrl } = await service({ '/api/v1/auth/refresh': away });
    const { client, store } = signedIn(baseUrl);
    expect((await client.me.get()).problem?.code).toBe('service_unavailable');
    expect(store.read()).toEqual(pair('old'));
  });

  it('that gets no answer keeps the tokens and rejects, and the next call tries anew', async () => {
    const { baseUrl } = await service();
    let isAway = true;
    const store = tokensInMemory(pair('old'));
    const ownFetch = (url: string, init: RequestInit) =>
      isAway && url.endsWith('/refresh') ? Promise.reject(new Error()) : fetch(url, init);
    const client = createClient({
      baseUrl,
      credentials: bearer(store),
      fetch: ownFetch as typeof fetch,
    });
    await expect(client.me.get()).rejects.toBeInstanceOf(NetworkError);
    expect(store.read()).toEqual(pair('old'));
    isAway = false;
    expect((await client.me.get()).ok).toBe(true);
  });

  it('goes on for the others when one caller gives up', async () => {
    const [asked, released] = [gate(), gate()];
    const { baseUrl, to } = await service({
      '/api/v1/auth/refresh': async () => {
        asked.open();
        await released.opened;
        return issued('new');
      },
    });
    const { client } = signedIn(baseUrl);
    const controller = new AbortController();
    const first = client.me.get({}, { signal: controller.signal });
    const second = client.users.get({ userId: '1' });
    await asked.opened;
    controller.abort();
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    released.open();
    expect((await second).ok).toBe(true);
    expect(to('/refresh')).toHaveLength(1);
  });

  it('is not waited for by a caller who gives up as the refusal comes in', async () => {
    const controller = new AbortController();
    const refusing = problem(401, 'unauthenticated');
    const ownFetch = async (url: string) => {
      if (url.endsWith('/refresh')) return gate().opened.then(() => new Response());
      controller.abort();
      const headers = { 'content-type': refusing.type ?? '' };
      return new Response(JSON.stringify(refusing.body), { status: 401, headers });
    };
    const credentials = bearer(tokensInMemory(pair('old')));
    const client = createClient({ baseUrl: '', credentials, fetch: ownFetch as typeof fetch });
    const call = client.me.get({}, { signal: controller.signal });
    await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  });

  it.each(['in', 'out'])('does not undo signing %s meanwhile', async (direction) => {
    const [asked, released] = [gate(), gate()];
    const { baseUrl } = await service({
      '/api/v1/auth/refresh': async () => {
        asked.open();
        await released.opened;
        return direction === 'in' ? problem(401, 'invalid_refresh_token') : issued('new');
      },
    });
    const { client, store } = signedIn(baseUrl);
    const waiting = client.me.get();
    await asked.opened;
    const meanwhile = direction === 'in' ? pair('other') : undefined;
    await store.write(meanwhile);
    released.open();
    expect((await waiting).status).toBe(401);
    expect(store.read()).toEqual(meanwhile);
  });

  it('waits for a store that takes its time', async () => {
    const memory = tokensInMemory(pair('old'));
    const slow: TokenStore = {
      read: async () => memory.read(),
      write: async (tokens) => memory.write(tokens),
    };
    const { baseUrl, to } = await service();
    const { client } = signedIn(baseUrl, slow);
    const answers = await Promise.all(Array.from({ length: 5 }, () => client.me.get()));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    expect(to('/refresh')).toHaveLength(1);
  });
});
