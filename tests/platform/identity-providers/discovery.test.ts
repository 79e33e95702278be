import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TestClock } from '../../kit/clock.ts';
import { eventually } from '../../kit/eventually.ts';
import { type LyingProvider, type Manner, startLiar } from '../../kit/lying-provider.ts';
import { openProviders } from '../../kit/providers.ts';
import { begin, cameBack, signIn } from './sign-ins.ts';

let clock: TestClock;
let liar: LyingProvider;
let opened: ReturnType<typeof openProviders>;
beforeEach(async () => {
  clock = new TestClock();
  liar = await startLiar(clock);
  opened = openProviders(liar.settings, clock);
});
afterEach(() => liar.close());

const provider = () => opened.getProvider('liar');
const start = () => provider().authorizationUrl(begin().request);

describe('discovery', () => {
  it('happens when somebody signs in, and once for all who do', async () => {
    expect(liar.asked('discovery')).toBe(0);
    await Promise.all([start(), start(), start()]);
    await signIn(provider(), liar);
    expect(liar.asked('discovery')).toBe(1);
  });

  it.each<[string, Record<string, unknown>]>([
    ['another issuer', { issuer: 'https://elsewhere.example' }],
    ['no endpoint for tokens', { token_endpoint: undefined }],
    ['an address that is none', { authorization_endpoint: 'javascript:alert(1)' }],
    ['keys that are a file', { jwks_uri: 'file:///etc/passwd' }],
  ])('refuses a document with %s', async (_what, discovery) => {
    liar.lie({ discovery });
    await expect(start()).rejects.toMatchObject({ failure: 'invalid_answer' });
  });

  it.each<[string, Manner, string]>([
    ['is no JSON', { status: 200, body: '{"issuer":' }, 'invalid_answer'],
    ['is no object', { status: 200, body: '[]' }, 'invalid_answer'],
    ['leads elsewhere', { status: 302, location: 'https://elsewhere.example' }, 'invalid_answer'],
    ['is not there', { status: 404 }, 'invalid_answer'],
    ['never ends', 'never ends', 'invalid_answer'],
    ['fails', { status: 503 }, 'unreachable'],
    ['breaks off', 'hangs up', 'unreachable'],
  ])(
    'refuses a document that %s, and looks again for the next one',
    async (_what, discovery, failure) => {
      liar.lie({ at: { discovery } });
      await expect(start()).rejects.toMatchObject({ failure });
      liar.lie({});
      await start();
    },
  );

  it('goes to no private address', async () => {
    const { issuer, clientId } = liar;
    const declared = { liar: { issuer, clientId, allowHttp: true } };
    const guarded = openProviders({ IDENTITY_PROVIDERS: JSON.stringify(declared) });
    await expect(
      guarded.getProvider('liar').authorizationUrl(begin().request),
    ).rejects.toMatchObject({ message: expect.stringContaining('private network') });
    expect(liar.asked('discovery')).toBe(0);
  });

  it('is read anew after an hour, and nobody waits for it', async () => {
    await start();
    liar.lie({ at: { discovery: 'hangs' } });
    clock.advance({ minutes: 61 });
    await start();
    await eventually(() => expect(liar.asked('discovery')).toBe(2));
  });

  it('can be read anew at once', async () => {
    await start();
    liar.lie({ discovery: { authorization_endpoint: `${liar.issuer}/moved` } });
    await provider().rediscover?.();
    expect((await start()).pathname).toBe('/moved');
  });
});

describe('keys', () => {
  it('may be exchanged: the new one is taken without a restart', async () => {
    await signIn(provider(), liar);
    liar.rotate();
    clock.advance({ minutes: 2 });
    await signIn(provider(), liar);
    expect(liar.asked('keys')).toBe(2);
  });

  it('are read once a minute at most, whatever names of keys come along', async () => {
    await signIn(provider(), liar);
    liar.lie({ header: { kid: 'made-up' } });
    clock.advance({ minutes: 2 });
    for (let time = 0; time < 3; time += 1) {
      await expect(signIn(provider(), liar)).rejects.toMatchObject({ failure: 'invalid_answer' });
    }
    expect(liar.asked('keys')).toBe(2);
    liar.lie({ header: { kid: 'made-up' }, at: { keys: { status: 500 } } });
    clock.advance({ minutes: 2 });
    await expect(signIn(provider(), liar)).rejects.toMatchObject({ failure: 'unreachable' });
    await expect(signIn(provider(), liar)).rejects.toMatchObject({ failure: 'invalid_answer' });
    expect(liar.asked('keys')).toBe(3);
  });

  it('that were withdrawn are forgotten within an hour', async () => {
    const callback = await cameBack(provider(), liar);
    await provider().redeem(callback);
    clock.advance({ minutes: 61 });
    liar.lie({ keySet: { keys: [] } });
    await expect(signIn(provider(), liar)).rejects.toMatchObject({ failure: 'invalid_answer' });
  });

  it('that were withdrawn are forgotten within an hour where the clock is set back, too', async () => {
    await signIn(provider(), liar);
    clock.advance({ minutes: -50 });
    await signIn(provider(), liar);
    expect(liar.asked('keys')).toBe(1);
    clock.advance({ minutes: 61 });
    liar.lie({ keySet: { keys: [] } });
    await expect(signIn(provider(), liar)).rejects.toMatchObject({ failure: 'invalid_answer' });
  });

  it.each<[string, unknown]>([
    ['no list', { keys: 'none' }],
    ['a secret', { keys: [{ kty: 'oct', kid: 'key-0', k: 'AAAA' }] }],
    ['nonsense', { keys: [{ kty: 'EC', kid: 'key-0', crv: 'P-256', x: 'AA', y: 'AA' }] }],
  ])('are no good where they are %s', async (_what, keySet) => {
    liar.lie({ keySet: keySet as Record<string, unknown> });
    await expect(signIn(provider(), liar)).rejects.toMatchObject({ failure: 'invalid_answer' });
  });
});
