import { afterEach, describe, expect, it, vi } from 'vitest';
import { unwrap } from '../../client/index.ts';
import { refusal } from '../kit/answers.ts';
import { useApp } from '../kit/app.ts';
import { newAddress, sending } from '../kit/credentials.ts';
import { quickSession } from '../kit/quick-session.ts';

const limits = { CREDENTIALS: '2', WRITE: '2', READ: '3' };
const app = useApp({
  TRUST_PROXY: 'loopback',
  RATE_LIMIT_CREDENTIALS_PER_MINUTE: limits.CREDENTIALS,
  RATE_LIMIT_WRITE_PER_MINUTE: limits.WRITE,
  RATE_LIMIT_READ_PER_MINUTE: limits.READ,
});

const refused = refusal(429, 'rate_limited');

/** Somebody signed in, whose requests come from this address. */
async function aCaller() {
  const { headers, userId } = await quickSession(app);
  const from = (address: string) => app.client(sending({ ...headers, 'x-forwarded-for': address }));
  return { id: userId, from };
}

const anonymous = (address: string) => app.client(sending({ 'x-forwarded-for': address }));

/** Counts without a hash: what is refused for its input has been counted before. */
function signIn(address: string, more: Record<string, string> = {}) {
  const client = app.client(sending({ 'x-forwarded-for': address, ...more }));
  return client.auth.login({ body: {} as never });
}

describe('operations on credentials', () => {
  it('are limited by address, whoever calls', async () => {
    const address = newAddress();
    for (const status of [422, 422, 429]) {
      expect(await signIn(address)).toMatchObject({ status });
    }
    const caller = await aCaller();
    const body = { newPassword: 'a whole new passphrase' };
    expect(await caller.from(address).me.changePassword({ body })).toMatchObject(refused);
    expect(await signIn(newAddress())).toMatchObject({ status: 422 });
  });

  it('are refused with everything that an answer has', async () => {
    const address = newAddress();
    await signIn(address);
    await signIn(address);
    const id = { 'x-request-id': 'one-too-many' };
    const { headers, problem } = await signIn(address, id);
    expect(problem?.requestId).toBe('one-too-many');
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(headers.get('ratelimit-policy')).toContain('"credentials"; q=2; w=60');
    expect(headers.get('ratelimit')).toMatch(/"credentials"; r=0; t=\d+/);
    expect(headers.get('x-request-id')).toBe('one-too-many');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('no-store');
  });
});

describe('changes', () => {
  const body = { fullName: 'Ada' };

  it('are limited by caller, from wherever they come', async () => {
    const caller = await aCaller();
    await unwrap(caller.from(newAddress()).me.update({ body }));
    await unwrap(caller.from(newAddress()).me.update({ body }));
    const answer = await caller.from(newAddress()).me.update({ body });
    expect(answer).toMatchObject(refused);
    expect(answer.headers.get('ratelimit-policy')).toContain('"write"; q=2; w=60');
  });

  it('do not count for another caller at the same address', async () => {
    const address = newAddress();
    for (const caller of [await aCaller(), await aCaller(), await aCaller()]) {
      expect(await caller.from(address).me.update({ body })).toMatchObject({ status: 200 });
    }
  });

  it('leave reading alone', async () => {
    const [caller, address] = [await aCaller(), newAddress()];
    for (let turn = 0; turn < 3; turn += 1) await caller.from(address).me.update({ body });
    expect(await caller.from(address).me.get()).toMatchObject({ status: 200 });
  });
});

describe('reading', () => {
  it('is limited by caller', async () => {
    const [caller, address] = [await aCaller(), newAddress()];
    for (const status of [200, 200, 200, 429]) {
      expect(await caller.from(address).me.get()).toMatchObject({ status });
    }
    expect(await (await aCaller()).from(address).me.get()).toMatchObject({ status: 200 });
  });

  it('is limited by address for the anonymous', async () => {
    const address = newAddress();
    for (const status of [200, 200, 200, 429]) {
      expect(await anonymous(address).signingKeys.list()).toMatchObject({ status });
    }
    expect(await anonymous(newAddress()).signingKeys.list()).toMatchObject({ status: 200 });
  });
});

describe('when the clock is set back', () => {
  afterEach(() => vi.useRealTimers());
  const hourMs = 3_600_000;

  it('a minute is no longer than a minute: whoever had none left begins anew', async () => {
    const [address, startedAt] = [newAddress(), Date.now()];
    vi.useFakeTimers({ toFake: ['Date'], now: startedAt });
    for (const status of [422, 422, 429]) expect(await signIn(address)).toMatchObject({ status });
    vi.setSystemTime(startedAt - 3 * hourMs);
    for (const status of [422, 422]) expect(await signIn(address)).toMatchObject({ status });
    const { status, headers } = await signIn(address);
    expect(status).toBe(429);
    expect(Number(headers.get('retry-after'))).toBeLessThanOrEqual(60);
  });
});
