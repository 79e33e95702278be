import { describe, expect, it, vi } from 'vitest';
import { clientCredentials, createClient, NetworkError } from '../../client/index.ts';
import { type Answering, gate, problem, standIn } from './stand-in.ts';

const user = { view: 'full', id: '1', username: 'ada' };
const granted = (name: string, expiresInSeconds = 300) => ({
  status: 200,
  body: { access_token: name, token_type: 'Bearer', expires_in: expiresInSeconds, scope: '' },
});

/** A service that gives the tokens 1, 2, 3 and so on, and takes any but those that have ended. */
async function service(over: Record<string, Answering> = {}, ended: string[] = []) {
  const names = ['1', '2', '3'].values();
  const { baseUrl, requests } = await standIn((request) => {
    const own = over[request.url];
    if (own) return own(request);
    if (request.url.endsWith('/token')) return granted(names.next().value ?? '');
    const token = request.headers.authorization?.slice(7) ?? '';
    const isGood = token !== '' && !ended.includes(token);
    return isGood ? { status: 200, body: user } : problem(401, 'unauthenticated');
  });
  const credentials = clientCredentials({
    clientId: 'id',
    clientSecret: 'a&b',
    scopes: ['x', 'y'],
  });
  const to = (path: string) => requests.filter(({ url }) => url.endsWith(path));
  const used = () => to('/users/1').map(({ headers }) => headers.authorization);
  return { client: createClient({ baseUrl, credentials }), to, used, ended };
}

const userId = '1';
const tokenAddress = '/api/v1/auth/token';

describe('client credentials', () => {
  it('fetch a token with the first call, and use it from then on', async () => {
    const { client, to, used } = await service();
    expect(to('/token')).toHaveLength(0);
    for (const _time of [1, 2])
      expect(await client.users.get({ userId })).toMatchObject({ ok: true });
    expect(used()).toEqual(['Bearer 1', 'Bearer 1']);
    const [{ headers, body } = {}, ...more] = to('/token');
    expect(more).toEqual([]);
    expect(headers).not.toHaveProperty('authorization');
    expect(body).toBe('grant_type=client_credentials&client_id=id&client_secret=a%26b&scope=x+y');
  });

  it('fetch one token for twenty calls at the same time', async () => {
    const { client, to } = await service();
    const calls = Array.from({ length: 20 }, () => client.users.get({ userId }));
    expect((await Promise.all(calls)).every(({ ok }) => ok)).toBe(true);
    expect(to('/token')).toHaveLength(1);
  });

  it('fetch the next one before the last expires', async () => {
    const { client, used } = await service();
    const now = Date.now();
    const clock = vi.spyOn(Date, 'now').mockReturnValue(now);
    await client.users.get({ userId });
    clock.mockReturnValue(now + 269_000);
    await client.users.get({ userId });
    clock.mockReturnValue(now + 270_000);
    await client.users.get({ userId });
    clock.mockRestore();
    expect(used()).toEqual(['Bearer 1', 'Bearer 1', 'Bearer 2']);
  });

  it('fetch another one, once for all, when one is refused, and try each call once more', async () => {
    const all = await service();
    await all.client.users.get({ userId });
    all.ended.push('1');
    const calls = Array.from({ length: 5 }, () => all.client.users.get({ userId }));
    expect((await Promise.all(calls)).every(({ ok }) => ok)).toBe(true);
    expect(all.to('/token')).toHaveLength(2);
  });

  it('give the second refusal as the answer', async () => {
    const { client, used } = await service({}, ['1', '2']);
    expect((await client.users.get({ userId })).problem?.code).toBe('unauthenticated');
    expect(used()).toEqual(['Bearer 1', 'Bearer 2']);
  });

  it('reject with the reason where there is no token, and ask again with the next call', async () => {
    const body = { error: 'invalid_client', error_description: 'No.', error_uri: 'https://x.test' };
    const { client, to } = await service({ [tokenAddress]: () => ({ status: 401, body }) });
    for (const count of [1, 2]) {
      const call = client.users.get({ userId });
      await expect(call).rejects.toMatchObject({ name: 'AnswerError', status: 401, body });
      await expect(call).rejects.toThrow('No token: invalid_client: No.');
      expect(to('/token')).toHaveLength(count);
    }
    expect(to('/users/1')).toHaveLength(0);
  });

  it('reject where nobody answers', async () => {
    const away = { baseUrl: '', fetch: () => Promise.reject(new Error()) };
    const credentials = clientCredentials({ clientId: 'id', clientSecret: 'x' });
    const call = createClient({ ...away, credentials }).me.get();
    await expect(call).rejects.toBeInstanceOf(NetworkError);
  });

  it('go on for the others when one caller gives up', async () => {
    const [asked, released] = [gate(), gate()];
    const { client, to } = await service({
      [tokenAddress]: async () => {
        asked.open();
        await released.opened;
        return granted('1');
      },
    });
    const controller = new AbortController();
    const first = client.users.get({ userId }, { signal: controller.signal });
    const second = client.users.get({ userId });
    await asked.opened;
    controller.abort();
    await expect(first).rejects.toMatchObject({ name: 'AbortError' });
    released.open();
    expect((await second).ok).toBe(true);
    expect(to('/token')).toHaveLength(1);
  });
});
