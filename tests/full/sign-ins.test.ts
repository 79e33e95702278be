import { expect, it } from 'vitest';
import { Passwords } from '../../server/platform/auth/passwords.ts';
import { tally } from '../kit/answers.ts';
import { useApp } from '../kit/app.ts';
import { insertUser } from '../kit/build.ts';
import { goodPassword } from '../kit/callers.ts';

const memoryKib = 19_456;
const app = useApp({ PASSWORD_HASH_MEMORY_KIB: String(memoryKib) });

function signIn(identifier: string) {
  const body = { identifier, password: goodPassword, delivery: 'tokens' } as const;
  return app.client().auth.login({ body });
}

it('takes nobody of two hundred behind one address for a guesser', {
  timeout: 60_000,
}, async () => {
  const passwordHash = await new Passwords({ memoryKib }).hash(goodPassword);
  const people = await Promise.all(
    Array.from({ length: 200 }, () => insertUser(app, { passwordHash })),
  );
  const counts = tally(await Promise.all(people.map(({ username }) => signIn(username))));
  const { 200: served = 0, 429: refused = 0, 503: busy = 0 } = counts;
  expect([served > 0, served + refused + busy], JSON.stringify(counts)).toEqual([true, 200]);
  const counted = await app.db('signInAttempts').where('failures', '>', 0);
  expect(counted).toEqual([]);
});
