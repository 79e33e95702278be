import { bearer, type Client, type TokenStore, type Tokens, unwrap } from '../../client/index.ts';
import { PasswordHashes } from '../../server/features/passwords/hashes.ts';
import { quickHashing, type TestApp } from './app.ts';
import { insertUser } from './build.ts';

export const goodPassword = 'a long enough passphrase';

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly username: string;
  readonly password: string;
}

/** Someone signed in by tokens, with the client that holds them. */
export interface Caller extends Person {
  readonly client: Client;
  /** The tokens that the client holds now. */
  readonly tokens: () => Tokens;
}

let count = 0;

/** Data of an account that no other test uses. */
export function newPerson(): { email: string; username: string; password: string } {
  count += 1;
  const name = `p${process.pid}-${count}-${Math.random().toString(36).slice(2, 8)}`;
  return { email: `${name}@example.com`, username: name, password: goodPassword };
}

/** Puts an account into the database. */
export async function createPerson(
  app: TestApp,
  fields: Partial<Person> & { roles?: string[]; fullName?: string; emailVerifiedAt?: Date } = {},
): Promise<Person> {
  const { password, ...row } = { ...newPerson(), roles: ['member'], ...fields };
  const { id, email, username } = await insertUser(app, {
    ...row,
    passwordHash: await hashOf(password),
  });
  return { id, email, username, password };
}

const passwords = new PasswordHashes({ memoryKib: quickHashing.memoryKib });
const hashes = new Map<string, Promise<string>>();

/** Hashing is slow on purpose: once for each password is enough. */
export function hashOf(password: string): Promise<string> {
  const hash = hashes.get(password) ?? passwords.hash(password);
  hashes.set(password, hash);
  return hash;
}

/** Signs somebody in by tokens. */
export async function signIn(app: TestApp, person: Person): Promise<Caller> {
  let held: Tokens | undefined;
  const store: TokenStore = {
    read: () => held,
    write: (tokens) => {
      held = tokens;
    },
  };
  const client = app.client(bearer(store));
  const { username: identifier, password } = person;
  await unwrap(client.auth.login({ body: { identifier, password, delivery: 'tokens' } }));
  return {
    ...person,
    client,
    tokens: () => {
      if (!held) throw new Error('The client holds no tokens');
      return held;
    },
  };
}

export async function aMember(app: TestApp): Promise<Caller> {
  return signIn(app, await createPerson(app));
}

export async function anAdministrator(app: TestApp): Promise<Caller> {
  return signIn(app, await createPerson(app, { roles: ['admin'] }));
}
