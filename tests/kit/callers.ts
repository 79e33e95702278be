import { bearer, type Client, type TokenStore, type Tokens, unwrap } from '../../client/index.ts';
import type { User } from '../../server/features/users/model.ts';
import { systemActor } from '../../server/platform/auth/actor.ts';
import { createLog } from '../../server/platform/observability/log.ts';
import { createServices } from '../../server/services.ts';
import type { TestApp } from './app.ts';

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
  tokens(): Tokens;
}

let count = 0;

/** Data of an account that no other test uses. */
export function newPerson(): { email: string; username: string; password: string } {
  count += 1;
  const name = `p${process.pid}-${count}-${Math.random().toString(36).slice(2, 8)}`;
  return { email: `${name}@example.com`, username: name, password: goodPassword };
}

/** Puts an account into the database the way the command line does. */
export async function createPerson(
  app: TestApp,
  { roles = ['member'], ...fields }: Partial<Person> & { roles?: string[]; fullName?: string } = {},
): Promise<Person> {
  const input = { ...newPerson(), ...fields };
  const services = createServices(app.config, app.clock, createLog({ level: 'silent' }));
  try {
    const user: User = await services.users.create(systemActor('test'), { ...input, roles });
    return { id: user.id, email: user.email, username: user.username, password: input.password };
  } finally {
    await services.db.destroy();
  }
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
