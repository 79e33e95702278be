import type { Operation } from '../../contract/kit/operations.ts';
import { goodInput, type Named } from '../generated/good-input.ts';
import type { TestApp } from '../kit/app.ts';
import { ask } from '../kit/ask.ts';
import { insertRole, roleIdOf } from '../kit/build.ts';
import { goodPassword, hashOf, newPerson } from '../kit/callers.ts';
import { collideIfTheyCan, comesTo, locksOf, writesTo } from '../kit/collide.ts';
import { inputsOf, type Json, operations } from '../kit/operations.ts';
import { quickSession } from '../kit/quick-session.ts';

// What takes a token that is used once is refused before it changes anything: nobody has one here. It
// meets itself on two processes (`single-use.test.ts`).
const changing = operations.filter(
  ({ route, problems }) => route.method !== 'GET' && !problems.has('invalid_link'),
);
const renaming = changing.filter((operation) =>
  inputsOf(operation).body?.fields.some(({ name }) => ['username', 'name'].includes(name)),
);

/** Two operations at once; `swapped` lets each side ask for the name that the other has. */
interface Meeting {
  readonly pair: readonly [Operation, Operation];
  readonly swapped: boolean;
}

/** Every operation that changes something, beside itself and beside every other. */
export const allMeetings = meetingsOf(changing);

/**
 * Leaves out what can be in nobody's way: an operation that is answered although nobody else may lock
 * or write a row of the tables never comes to one of them.
 */
export async function meetingsOfThoseWhoMeet(app: TestApp): Promise<Meeting[]> {
  const { headers: admin } = await quickSession(app, { roles: ['admin'] });
  const those: Operation[] = [];
  for (const operation of changing) {
    const [call] = await callsOf(app, admin, { pair: [operation, operation], swapped: false });
    if (call && (await comesTo(app, locksOf(...tables), call))) those.push(operation);
  }
  return meetingsOf(those);
}

function meetingsOf(all: readonly Operation[]): Meeting[] {
  const pairs = pairsOf(all).map((pair) => ({ pair, swapped: false }));
  const swaps = pairsOf(all.filter((one) => renaming.includes(one)));
  return [...pairs, ...swaps.map((pair) => ({ pair, swapped: true }))];
}

function pairsOf(all: readonly Operation[]) {
  return all.flatMap((one, at) => all.slice(at).map((other) => [one, other] as const));
}

const tables = ['users', 'roles', 'user_roles', 'role_permissions', 'sessions'];

/**
 * Every written row takes a moment more, so that transactions meet in the middle instead of passing
 * each other by.
 */
export async function slowWrites({ db }: TestApp): Promise<void> {
  await db.raw(`create function dawdle() returns trigger language plpgsql as $$
    begin
      perform pg_sleep(0.002);
      return case tg_op when 'DELETE' then old else new end;
    end $$`);
  for (const table of tables) {
    await db.raw(`create trigger dawdle before insert or update or delete on ${table}
      for each row execute function dawdle()`);
  }
}

/** What operations can get into each other's way with: an account, and a role that it has. */
interface Side {
  readonly own: Record<string, string>;
  readonly named: Named;
  readonly fields: Json;
}

/**
 * Two accounts with three roles between them. Each is to keep one, to lose one and to be given one
 * that the other has, so that whoever takes rows as they come meets the other in the middle.
 */
async function sidesOf(app: TestApp, { swapped }: Meeting): Promise<Side[]> {
  const roles = await Promise.all([1, 2, 3].map(() => insertRole(app, ['users:read'])));
  const [one, shared, other] = roles as [string, string, string];
  const [person, another] = [newPerson().username, newPerson().username];
  const names = (username: string, name: string) => (swapped ? { username, name } : {});
  return Promise.all([
    // The administrator's last role is asked about, too; the other account need not wait for that.
    sideOf(app, person, [one, shared, 'admin'], { roles: [other, one], ...names(another, other) }),
    sideOf(app, another, [other, shared], { roles: [one, other], ...names(person, one) }),
  ]);
}

async function sideOf(
  app: TestApp,
  username: string,
  held: readonly [string, ...string[]],
  wanted: Json,
): Promise<Side> {
  const account = { username, passwordHash: await hashOf(goodPassword) };
  const caller = await quickSession(app, { roles: held, account });
  const { headers, userId, sessionId, refreshToken } = caller;
  const roleId = await roleIdOf(app, held[0]);
  const known = { identifier: username, password: goodPassword, currentPassword: goodPassword };
  return {
    own: headers,
    named: { userId, roleId, sessionId, permission: 'users:read' },
    fields: {
      ...known,
      newPassword: 'a quiet river at dawn',
      refreshToken,
      token: refreshToken,
      ...wanted,
    },
  };
}

/** A connection for each call, and time to wait for the last one on a busy machine. */
export const roomForAll = {
  DATABASE_POOL_SIZE: '20',
  DATABASE_STATEMENT_TIMEOUT_MS: '60000',
};

export interface Outcome {
  readonly operation: Operation;
  readonly status: number;
  readonly what: string;
}

const atOnce = 4;

/**
 * Calls both operations on both sides, for some meetings at a time: every call goes on as far as
 * its first write, and waits there for the last one.
 */
export async function meet(app: TestApp, meetings: readonly Meeting[]): Promise<Outcome[]> {
  const { headers: admin } = await quickSession(app, { roles: ['admin'] });
  const outcomes: Outcome[] = [];
  for (let at = 0; at < meetings.length; at += atOnce) {
    const some = meetings.slice(at, at + atOnce).map((meeting) => callsOf(app, admin, meeting));
    const calls = (await Promise.all(some)).flat();
    outcomes.push(...(await collideIfTheyCan(app, writesTo(...tables), calls)));
  }
  return outcomes;
}

async function callsOf(app: TestApp, admin: Record<string, string>, meeting: Meeting) {
  const sides = await sidesOf(app, meeting);
  const { pair, swapped } = meeting;
  const title = pair.map(({ name }) => name).join(swapped ? ' swapping with ' : ' beside ');
  return pair.flatMap((operation) =>
    sides.map(({ own, named, fields }) => async (): Promise<Outcome> => {
      const { kind } = operation.access;
      const headers = kind === 'signedIn' ? own : kind === 'anyone' ? {} : admin;
      const input = { ...goodInput(operation, named, fields), headers };
      const { status, code = '' } = await ask(app, operation, input);
      return { operation, status, what: `${title}: ${status} ${code}` };
    }),
  );
}

/** What is wrong afterwards: a call that failed, an entry without its change, a session too many. */
export async function damageOf(app: TestApp, outcomes: readonly Outcome[]): Promise<string[]> {
  // A busy machine may have no connection in time; that is no deadlock.
  const isDeadlocked = app.logs.some((line) => JSON.stringify(line).includes('deadlock detected'));
  const failed = outcomes
    .filter(({ status }) => status === 500 || (isDeadlocked && status === 503))
    .map(({ what }) => what);
  const known = outcomes.filter(({ operation: { access } }) => access.kind !== 'anyone');
  const done = known.filter(({ status }) => status < 300);
  const expected = Object.groupBy(done, ({ operation }) => operation.operationId);
  const entries = await app.db('audit_entries').where({ result: 'done' }).select('operation');
  const written = Object.groupBy(entries as { operation: string }[], ({ operation }) => operation);
  const uneven = Object.entries(expected)
    .map(([name, all]) => [name, all?.length, written[name]?.length ?? 0] as const)
    .filter(([, calls, rows]) => calls !== rows)
    .map(([name, calls, rows]) => `${name}: ${calls} changes, ${rows} entries`);
  const left = await app
    .db('sessions')
    .join('users', 'users.id', 'sessions.userId')
    .whereNull('sessions.revokedAt')
    .whereRaw('coalesce(users.deleted_at, users.deactivated_at) is not null');
  return [...failed, ...uneven, ...left.map(() => 'a session of an account that cannot act')];
}
