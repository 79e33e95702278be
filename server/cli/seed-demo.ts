import { randomBytes } from 'node:crypto';
import type { Permission } from '../../contract/kit/permissions.ts';
import type { User } from '../features/users/model.ts';
import type { Features } from '../features.ts';
import { type Actor, systemActor } from '../platform/auth/actor.ts';
import { ProblemError } from '../platform/problem-error.ts';

/** Each has a number of four digits in its name. */
export const mostDemoAccounts = 9_999;

/** So many at once: most of the time goes into hashing passwords. */
const turns = 4;

const actor = systemActor('charter seed');

const roles: Readonly<Record<string, { description: string; permissions: Permission[] }>> = {
  'demo-support': {
    description: 'Demo: sees accounts and what was done.',
    permissions: ['users:read', 'roles:read', 'audit:read'],
  },
  'demo-operations': {
    description: 'Demo: sees how the service is.',
    permissions: ['health:read', 'webhooks:read'],
  },
};

const firstNames = ['Ada', 'Grace', 'Alan', 'Barbara', 'Edsger', 'Frances', 'Donald', 'Radia'];
const lastNames = ['Example', 'Sample', 'Muster', 'Ejemplo', 'Esempio', 'Exemple', 'Voorbeeld'];
const browsers = [
  'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15',
];

export interface DemoData {
  readonly made: number;
  readonly found: number;
  /** One of those that were made; undefined where none was. */
  readonly signIn: { readonly identifier: string; readonly password: string } | undefined;
}

/**
 * Everything goes through the services, so that audit, events and hashes are what they are for real
 * people. An account that is there already is left alone, with all that hangs on it.
 */
export async function putInDemo(
  features: Features,
  wanted: number,
  onProgress: (done: number) => void,
): Promise<DemoData> {
  // Another one each time: a password that stands in the source would open every demo there is.
  const password = randomBytes(12).toString('base64url');
  for (const name of Object.keys(roles)) await ensureRole(features, name);
  await ensureProgram(features);
  const made: { readonly username: string; readonly isDeactivated: boolean }[] = [];
  let done = 0;
  let next = 1;
  const turn = async () => {
    while (next <= wanted) {
      const number = next++;
      const username = `demo-${String(number).padStart(4, '0')}`;
      if (!(await isThere(() => features.users.service.getByIdentifier(actor, username)))) {
        await addPerson(features, { number, username, password });
        made.push({ username, isDeactivated: isDeactivated(number) });
      }
      onProgress(++done);
    }
  };
  await Promise.all(Array.from({ length: turns }, turn));
  const [identifier] = made
    .filter((person) => !person.isDeactivated)
    .map(({ username: name }) => name)
    .toSorted();
  const signIn = identifier === undefined ? undefined : { identifier, password };
  return { made: made.length, found: wanted - made.length, signIn };
}

/** One in twenty: a list has some of each kind. */
function isDeactivated(number: number): boolean {
  return number % 20 === 0;
}

interface DemoPerson {
  readonly number: number;
  readonly username: string;
  readonly password: string;
}

async function addPerson(features: Features, person: DemoPerson): Promise<void> {
  const { number, username, password } = person;
  const { users, verification, auth } = features;
  const input = {
    username,
    // Nobody gets mail at this domain (RFC 2606).
    email: `${username}@example.com`,
    fullName: `${nth(firstNames, number)} ${nth(lastNames, number)}`,
    password,
    roles: ['member', ...rolesOf(number)],
  };
  const user = await users.service.create(actor, input, (tx, made) =>
    verification.mailboxes.markProven(tx, made),
  );
  const device = { userAgent: nth(browsers, number), address: `192.0.2.${number % 256}` };
  for (let count = number % 3; count > 0; count -= 1) {
    // Whoever makes the account vouches for who signs in to it: no password is asked for.
    const proof = { user, methods: ['pwd'], prepare: async () => async () => true };
    await auth.signIn(proof, { kind: 'cookie', device });
  }
  if (number % 5 === 0) await addKey(features, user);
  if (isDeactivated(number)) await users.lifecycle.deactivate(actor, user.id);
}

function rolesOf(number: number): string[] {
  if (number % 10 === 1) return ['demo-support'];
  return number % 10 === 2 ? ['demo-operations'] : [];
}

/** As the person, who alone makes keys of theirs. The key itself is not kept: nobody can use it. */
async function addKey({ apiKeys }: Features, { id }: User): Promise<void> {
  const scopes: Permission[] = ['users:read'];
  const person: Actor = { id, kind: 'person', roles: ['member'], permissions: new Set(scopes) };
  await apiKeys.own.create(person, { name: 'Demo', scopes });
}

async function ensureRole({ roles: { service } }: Features, name: string): Promise<void> {
  if (await isThere(() => service.getByName(actor, name))) return;
  await service.create(actor, { name, ...roles[name] });
}

async function ensureProgram({ serviceAccounts }: Features): Promise<void> {
  const name = 'demo-report';
  if (await isThere(() => serviceAccounts.service.getByName(actor, name))) return;
  const input = { name, description: 'Demo: a program.', roles: ['member'] };
  const { id } = await serviceAccounts.service.create(actor, input);
  await serviceAccounts.keys.create(actor, id, { name: 'Demo', scopes: ['users:read'] });
}

async function isThere(get: () => Promise<unknown>): Promise<boolean> {
  try {
    await get();
    return true;
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'not_found') return false;
    throw error;
  }
}

function nth<Item>(list: readonly Item[], number: number): Item {
  return list[number % list.length] as Item;
}
