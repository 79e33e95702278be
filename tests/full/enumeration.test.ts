import { describe, expect, it } from 'vitest';
import { User } from '../../server/features/users/model.ts';
import { useApp } from '../kit/app.ts';
import { createPerson, newPerson } from '../kit/callers.ts';

const app = useApp({ REQUIRE_VERIFIED_EMAIL: 'true' });
const password = 'not the password of anybody';

/** What an address may be; a stranger must not find out which. */
const states: Record<string, () => Promise<string>> = {
  missing: async () => newPerson().email,
  unverified: async () => (await createPerson(app)).email,
  verified: () => changed({ emailVerifiedAt: new Date() }),
  'without a password': () => changed({ passwordHash: null }),
  deactivated: () => changed({ deactivatedAt: new Date() }),
  removed: () => changed({ deletedAt: new Date() }),
  locked: async () => {
    const { email } = await createPerson(app);
    for (let guess = 0; guess < 5; guess += 1) await asks.login?.(email);
    return email;
  },
};

async function changed(fields: object): Promise<string> {
  const { id, email } = await createPerson(app);
  await User.query(app.db).findById(id).patch(fields);
  return email;
}

const post = (path: string, body: object) =>
  app.request(`/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });

const asks: Record<string, (email: string) => Promise<Response>> = {
  login: (email) => post('/auth/login', { identifier: email, password, delivery: 'tokens' }),
  reset: (email) => post('/password-reset', { email }),
  resend: (email) => post('/verification', { email }),
  'magic link': (email) => post('/magic-link', { email }),
};

const samples = 40;

describe.each(Object.entries(asks))('%s', (_, ask) => {
  it('tells nothing of an address, neither by a byte nor by its time', {
    timeout: 240_000,
  }, async () => {
    const told = new Map<string, Set<string>>();
    const times = new Map<string, number[]>();
    await ask(newPerson().email);
    for (let sample = 0; sample < samples; sample += 1) {
      const addresses = new Map<string, string>();
      for (const [state, address] of Object.entries(states)) addresses.set(state, await address());
      // In an order by chance, all made ready before: what is asked right after five sign-ins
      // finds cold caches, and took a tenth longer whatever the address was.
      for (const [state, email] of shuffled([...addresses])) {
        const began = performance.now();
        const answer = await ask(email);
        const bytes = [answer.status, ...headersOf(answer), withoutId(await answer.text())];
        times.set(state, [...(times.get(state) ?? []), performance.now() - began]);
        told.set(state, (told.get(state) ?? new Set()).add(bytes.join('\n')));
      }
    }
    expect(new Set([...told.values()].flatMap((answers) => [...answers])).size).toBe(1);
    const missing = times.get('missing') ?? [];
    for (const [state, own] of times) {
      expect(Math.abs(rankDifference(own, missing)), `${state} beside missing`).toBeLessThan(4);
    }
    await app.workJobs();
  });
});

/** All but what differs in every answer: the id, the time, what is left of a limit. */
function headersOf({ headers }: Response): string[] {
  const own = new Set(['x-request-id', 'date', 'ratelimit', 'traceparent']);
  return [...headers].filter(([name]) => !own.has(name)).map((header) => header.join(': '));
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, place: Math.random() }))
    .toSorted((one, other) => one.place - other.place)
    .map(({ item }) => item);
}

function withoutId(text: string): string {
  return text.replace(/"requestId":"[^"]+"/, '');
}

/**
 * How far the ranks of two samples are apart, in standard deviations (Mann and Whitney, 1947).
 * Seven states and four questions are 28 looks: beyond 4 chance does not get.
 */
function rankDifference(one: readonly number[], other: readonly number[]): number {
  const wins = one.flatMap((a) => other.map((b) => (a > b ? 1 : a === b ? 0.5 : 0)));
  const u = wins.reduce<number>((sum, win) => sum + win, 0);
  const [n, m] = [one.length, other.length];
  return (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
}
