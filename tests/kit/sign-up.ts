import { unwrap } from '../../client/index.ts';
import { newPerson, type Person } from './callers.ts';
import { onServer } from './cluster.ts';
import { decided } from './decided.ts';
import type { Node } from './node.ts';

/** Somebody new, signed in on this process by tokens. */
export async function signUp(node: Pick<Node, 'client'>) {
  const person = newPerson();
  const client = node.client();
  await unwrap(decided(() => client.auth.register({ body: person })));
  const { username: identifier, password } = person;
  const body = { identifier, password, delivery: 'tokens' as const };
  const signedIn = await unwrap(decided(() => client.auth.login({ body })));
  if (signedIn.delivery !== 'tokens') throw new Error('Tokens were asked for');
  return { ...person, id: signedIn.user.id, token: signedIn.accessToken, ...signedIn };
}

/** Signs somebody in as a browser does; answers the cookie. */
export async function cookieOf(node: Node, person: Omit<Person, 'id'>): Promise<string> {
  const { username: identifier, password } = person;
  const body = { identifier, password, delivery: 'cookie' as const };
  const answer = await decided(() => node.client().auth.login({ body }));
  await unwrap(answer);
  return answer.headers.getSetCookie().join().split(';', 1).join();
}

/** Straight in the database: there is nobody yet who could. */
export async function makeAdministrator(databaseUrl: string, userId: string): Promise<void> {
  await onServer(
    databaseUrl,
    `insert into user_roles (user_id, role_id) select '${userId}', id from roles where name = 'admin'`,
  );
}
