import { createHash } from 'node:crypto';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { SignInAttempts } from '../../../server/features/auth/attempts.ts';
import { PasswordHashes } from '../../../server/features/passwords/hashes.ts';
import { User } from '../../../server/features/users/model.ts';
import { problem } from '../../../server/platform/problem-error.ts';
import { refusal, tally } from '../../kit/answers.ts';
import { useApp } from '../../kit/app.ts';
import { createPerson, newPerson, type Person } from '../../kit/callers.ts';
import { newAddress, sending } from '../../kit/credentials.ts';
import { blockUsers } from '../../kit/outage.ts';

const app = useApp({ TRUST_PROXY: 'loopback' });

function login({ username }: Pick<Person, 'username'>, password: string, address: string) {
  const client = app.client(sending({ 'x-forwarded-for': address }));
  return client.auth.login({ body: { identifier: username, password, delivery: 'tokens' } });
}

async function guess(person: Pick<Person, 'username'>, times: number, address: string) {
  for (let guessed = 0; guessed < times; guessed += 1) await login(person, 'wrong', address);
}

async function statusOf(person: Person, address: string): Promise<number> {
  return (await login(person, person.password, address)).status;
}

/** So many sign-ins with the right password, all at once. */
function signInAtOnce(person: Person, times: number, address: string) {
  const calls = Array.from({ length: times }, () => login(person, person.password, address));
  return Promise.all(calls);
}

/** What is counted of this person at home, and of the home. */
async function failuresOf({ id }: Person, address: string): Promise<number[]> {
  const keys = [accountKey(id), `device:${id}:${address}`, `address:${address}`];
  const rows = await app.db('signInAttempts').whereIn('key', keys);
  return rows.map(({ failures }) => failures as number);
}

function accountKey(userId: string): string {
  return `account:${createHash('sha256').update(userId).digest('hex')}`;
}

/** What cannot be reached by guessing within a test: so many failures for this key. */
function fail(failures: number, ...keys: string[]) {
  const rows = keys.map((key) => ({ key, failures, updatedAt: app.clock.now() }));
  return app.db('signInAttempts').insert(rows).onConflict('key').merge();
}

/** Wrong passwords, all but the last one straight in the database: each would cost a hash. */
async function guessOften(person: Person, times: number, address: string) {
  await fail(times - 1, accountKey(person.id));
  await guess(person, 1, address);
}

/** What an answer tells, but for the id of its request. */
async function told(answer: ReturnType<typeof login>) {
  const { status, headers, problem } = await answer;
  return JSON.stringify([status, [...headers.keys()], { ...problem, requestId: '' }]);
}

describe('after five wrong passwords', () => {
  it('the right one gets the very same answer, until the delay is over', async () => {
    const [person, address] = [await createPerson(app), newAddress()];
    const wrong = await told(login(person, 'wrong', address));
    await guess(person, 4, address);
    expect(await told(login(person, person.password, address))).toBe(wrong);
    app.clock.advance({ seconds: 1 });
    expect(await statusOf(person, address)).toBe(200);
  });

  it('each further one doubles the delay', async () => {
    const [person, address] = [await createPerson(app), newAddress()];
    await guessOften(person, 5, address);
    app.clock.advance({ seconds: 1 });
    await guess(person, 1, address);
    app.clock.advance({ seconds: 1 });
    expect(await statusOf(person, address)).toBe(401);
    app.clock.advance({ seconds: 1 });
    expect(await statusOf(person, address)).toBe(200);
  });

  it('the username leads no further than the e-mail address', async () => {
    const [person, address] = [await createPerson(app), newAddress()];
    await guessOften({ ...person, username: person.email }, 5, address);
    expect(await statusOf(person, address)).toBe(401);
  });

  it('another address does not help', async () => {
    const person = await createPerson(app);
    await guessOften(person, 5, newAddress());
    expect(await statusOf(person, newAddress())).toBe(401);
  });

  it('nobody learns whether the account exists', async () => {
    const answers: string[][] = [];
    for (const person of [await createPerson(app), newPerson()]) {
      const address = newAddress();
      app.clock.advance({ seconds: 1 });
      const guesses = [1, 2, 3, 4, 5, 6, 7].map(() => told(login(person, 'wrong', address)));
      answers.push(await Promise.all(guesses));
      const counted = await app.db('signInAttempts').where({ updatedAt: app.clock.now() });
      expect(new Set(counted.map(({ failures }) => failures))).toEqual(new Set([5, 7]));
    }
    expect(new Set(answers.flat()).size).toBe(1);
  });
});

describe('failures', () => {
  it('are no more than five of twenty guesses that are sent at once', async () => {
    const [person, address] = [await createPerson(app), newAddress()];
    const verify = vi.spyOn(PasswordHashes.prototype, 'verify');
    onTestFinished(() => verify.mockRestore());
    const guesses = Array.from({ length: 20 }, () => login(person, 'wrong', address));
    expect(tally(await Promise.all(guesses))).toEqual({ 401: 20 });
    expect(verify.mock.calls.filter(([hash]) => hash)).toHaveLength(5);
    expect(await statusOf(person, address)).toBe(401);
  });

  it('wait a quarter of an hour at most', async () => {
    const [person, address] = [newPerson(), newAddress()];
    const key = `address:${address}`;
    await fail(1_000, key);
    await guess(person, 1, address);
    const row = await app.db('signInAttempts').where({ key }).first();
    expect(row.blockedUntil.getTime() - app.clock.now().getTime()).toBe(900_000);
  });

  it('wait no longer where the clock is set back, and as long where it was little', async () => {
    const [person, address] = [await createPerson(app), newAddress()];
    await guessOften(person, 20, address);
    app.clock.advance({ seconds: -30 });
    expect(await statusOf(person, address)).toBe(401);
    app.clock.advance({ hours: -3 });
    expect(await statusOf(person, address)).toBe(200);
    app.clock.advance({ hours: 3, seconds: 30 });
  });

  it('start anew after a success', async () => {
    const [person, address] = [await createPerson(app), newAddress()];
    await guessOften(person, 4, address);
    expect(await statusOf(person, newAddress())).toBe(200);
    await guess(person, 4, address);
    expect(await statusOf(person, address)).toBe(200);
  });

  it('are forgotten after an hour', async () => {
    const [person, address] = [await createPerson(app), newAddress()];
    await guessOften(person, 4, address);
    app.clock.advance({ hours: 1, seconds: 1 });
    await guess(person, 4, address);
    expect(await statusOf(person, address)).toBe(200);
  });
});

describe('a device from which the person signed in before', () => {
  it('is not locked out by strangers elsewhere', async () => {
    const [person, home] = [await createPerson(app), newAddress()];
    expect(await statusOf(person, home)).toBe(200);
    const stranger = newAddress();
    await guessOften(person, 5, stranger);
    expect(await statusOf(person, stranger)).toBe(401);
    expect(await statusOf(person, home)).toBe(200);
  });

  it('has twenty guesses of its own', async () => {
    const [person, home] = [await createPerson(app), newAddress()];
    expect(await statusOf(person, home)).toBe(200);
    await fail(19, `device:${person.id}:${home}`);
    await guess(person, 1, home);
    expect(await statusOf(person, home)).toBe(401);
  });
});

describe('an address', () => {
  it('has a hundred guesses, whoever they are about', async () => {
    const [person, address] = [await createPerson(app), newAddress()];
    await fail(99, `address:${address}`);
    await guess(newPerson(), 1, address);
    expect(await statusOf(person, address)).toBe(401);
    expect(await statusOf(person, newAddress())).toBe(200);
  });

  it('is its whole network in IPv6', async () => {
    const person = await createPerson(app);
    const network = `2001:db8:7:${process.pid.toString(16).slice(-4)}`;
    await guess(newPerson(), 1, `${network}::1`);
    const rows = await app.db('signInAttempts').where('key', 'like', 'address:2001:db8:7:%');
    await fail(99, ...rows.map(({ key }) => key));
    await guess(newPerson(), 1, `${network}:2::2`);
    expect(await statusOf(person, `${network}:ffff::3`)).toBe(401);
    expect(await statusOf(person, '2001:db8:8::1')).toBe(200);
  });

  it('is given its guess back by a success', async () => {
    const address = newAddress();
    await fail(98, `address:${address}`);
    for (const person of [await createPerson(app), await createPerson(app)]) {
      expect(await statusOf(person, address)).toBe(200);
    }
  });
});

describe('sign-ins at once', () => {
  it.each([0, 4])(
    'are never told that a right password is wrong, after %i wrong ones',
    async (wrong) => {
      const [person, address] = [await createPerson(app), newAddress()];
      await guess(person, wrong, address);
      expect(tally(await signInAtOnce(person, 20, address))).toEqual({ 200: 20 });
      expect(await statusOf(person, address)).toBe(200);
      expect(await failuresOf(person, address)).toEqual([wrong]);
    },
  );

  it('beyond what may wait are refused alike, whoever they are about', async () => {
    const answers: string[] = [];
    for (const person of [await createPerson(app), { ...newPerson(), password: 'wrong' }]) {
      const address = newAddress();
      const goOn = await blockUsers(app);
      const calls = Array.from({ length: 52 }, () => login(person, person.password, address));
      answers.push(await told(Promise.race(calls) as (typeof calls)[0]));
      await goOn();
      await Promise.all(calls);
    }
    expect(new Set(answers).size).toBe(1);
    expect(answers[0]).toContain('"rate_limited"');
    expect(answers[0]).toContain('retry-after');
  });
});

/** Ends the connections that wait for a lock; says how many there were. */
async function endWaiting(): Promise<number> {
  const { rows } = await app.db.raw(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and wait_event_type = 'Lock'`,
  );
  return rows.length;
}

describe('what is no guess', () => {
  it('is not counted when the service is too busy to look at the password', async () => {
    const [person, home] = [await createPerson(app), newAddress()];
    expect(await statusOf(person, home)).toBe(200);
    for (const address of [home, newAddress()]) {
      const verify = vi.spyOn(PasswordHashes.prototype, 'verify');
      onTestFinished(() => verify.mockRestore());
      verify.mockRejectedValue(problem('service_unavailable', { retryAfterSeconds: 2 }));
      for (let time = 0; time < 7; time += 1) expect(await statusOf(person, address)).toBe(503);
      verify.mockRestore();
      expect((await failuresOf(person, address)).filter((failures) => failures > 0)).toEqual([]);
      expect(await statusOf(person, address)).toBe(200);
    }
  });

  it('is not counted when the database is lost after the password was right', async () => {
    const [person, address] = [await createPerson(app), newAddress()];
    const gate = await app.db.transaction();
    await gate.raw('select 1 from users where id = ? for update', [person.id]);
    const signingIn = login(person, person.password, address);
    await vi.waitFor(async () => expect(await endWaiting()).toBe(1), 4_000);
    expect(await signingIn).toMatchObject(refusal(503, 'service_unavailable'));
    await gate.rollback();
    expect(await failuresOf(person, address)).toEqual([0, 0]);
  });

  it('is owed while the database is away, and given back before the next attempt', async () => {
    const [person, address] = [await createPerson(app), newAddress()];
    const attempts = new SignInAttempts(app.db, app.clock);
    const who = { identifier: person.username, userId: person.id, address };
    const attempt = await attempts.begin(who);
    const away = vi.spyOn(app.db, 'raw').mockRejectedValueOnce(new Error('Connection terminated'));
    onTestFinished(() => away.mockRestore());
    await attempts.giveBack(attempt);
    expect(await failuresOf(person, address)).toEqual([1, 1]);
    await attempts.begin({ ...who, identifier: 'nobody', userId: undefined });
    expect(await failuresOf(person, address)).toEqual([0, 1]);
  });

  it('is a right password that is told more, however often', async () => {
    const [person, address] = [await createPerson(app), newAddress()];
    const now = app.clock.now();
    await User.query(app.db).findById(person.id).change({ deactivatedAt: now }, now);
    for (let time = 0; time < 7; time += 1) expect(await statusOf(person, address)).toBe(403);
    expect(await failuresOf(person, address)).toEqual([0, 0]);
  });

  it('takes the wait back that it set', async () => {
    const address = newAddress();
    await fail(99, `address:${address}`);
    for (const person of [await createPerson(app), await createPerson(app)]) {
      expect(await statusOf(person, address)).toBe(200);
    }
  });
});
