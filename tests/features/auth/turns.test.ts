import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../server/config/config.ts';
import { SignInTurns } from '../../../server/features/auth/turns.ts';
import { Passwords } from '../../../server/features/passwords/service.ts';
import { testConfig } from '../../kit/app.ts';

const impatient = { PASSWORD_TURN_WAIT_MS: '1', PASSWORD_HASH_WAIT_MS: '1' };
const { passwords } = testConfig('postgres://nowhere/none', impatient);
const person = { identifier: 'ada', address: '127.0.0.1' };

/** Those that were refused, by their codes. */
async function refusalsOf(calls: readonly Promise<unknown>[]): Promise<unknown[]> {
  const ends = await Promise.allSettled(calls);
  return ends.flatMap((end) => (end.status === 'rejected' ? [end.reason.code] : []));
}

describe('PASSWORD_TURN_WAIT_MS', () => {
  it('is how long one of several sign-ins waits for its turn', async () => {
    const turns = new SignInTurns(passwords.turnWaitMs);
    const first = Promise.withResolvers<string>();
    const underWay = turns.take(person, () => first.promise);
    expect(await refusalsOf([turns.take(person, async () => 'second')])).toEqual(['rate_limited']);
    expect(await turns.take({ ...person, identifier: 'grace' }, async () => 'other')).toBe('other');
    first.resolve('first');
    expect(await underWay).toBe('first');
  });
});

describe('PASSWORD_HASH_WAIT_MS', () => {
  it('is how long a hash waits for the ones before it', async () => {
    const service = new Passwords({ ...passwords, memoryKib: 19_456 });
    const storm = Array.from({ length: availableParallelism() + 10 }, () =>
      service.verify(null, 'a guess'),
    );
    const refused = await refusalsOf(storm);
    expect(new Set(refused)).toEqual(new Set(['service_unavailable']));
  });
});

it('both are two seconds unless somebody says otherwise', () => {
  const environment = { NODE_ENV: 'test', SECRET_KEYS: 'x'.repeat(40) };
  const { passwords: usual } = readConfig(
    {},
    { ...environment, DATABASE_URL: 'postgres://nowhere/none' },
  );
  expect(usual).toMatchObject({ turnWaitMs: 2_000, hashWaitMs: 2_000 });
});
