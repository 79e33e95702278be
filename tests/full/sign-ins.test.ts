import { expect, it } from 'vitest';
import { PasswordHashes } from '../../server/features/passwords/hashes.ts';
import { tally } from '../kit/answers.ts';
import { useApp } from '../kit/app.ts';
import { insertUser } from '../kit/build.ts';
import { goodPassword } from '../kit/callers.ts';
import { eventually } from '../kit/eventually.ts';

const memoryKib = 19_456;
const app = useApp({ PASSWORD_HASH_MEMORY_KIB: String(memoryKib) });

function signIn(identifier: string) {
  const body = { identifier, password: goodPassword, delivery: 'tokens' } as const;
  return app.client().auth.login({ body });
}

it('takes nobody of two hundred behind one address for a guesser', {
  timeout: 60_000,
}, async () => {
  const passwordHash = await new PasswordHashes({ memoryKib }).hash(goodPassword);
  const people: string[] = [];
  for (let count = 0; count < 200; count += 1) {
    people.push((await insertUser(app, { passwordHash })).username);
  }
  expect(tally(await Promise.all(people.map(signIn)))).toEqual({ 200: 200 });
  // What could not be given back beside all this is given back before the next sign-in.
  await eventually(async () => {
    expect(await signIn(people[0] ?? '')).toMatchObject({ status: 200 });
    expect(await app.db('signInAttempts').where('failures', '>', 0)).toEqual([]);
  });
});
