import { beforeAll, expect, describe as group, it } from 'vitest';
import * as z from 'zod';
import { requires, signedIn } from '../../contract/kit/access.ts';
import type { Endpoint } from '../../contract/kit/api.ts';
import { hasBody, type Operation, operationsOf } from '../../contract/kit/operations.ts';
import { permissionNames, permissions } from '../../contract/kit/permissions.ts';
import { Role } from '../../server/features/roles/model.ts';
import { useApp } from '../kit/app.ts';
import { ask } from '../kit/ask.ts';
import { operations } from '../kit/operations.ts';
import {
  actAs,
  type Case,
  change,
  describe,
  give,
  grant,
  type Known,
  lists,
  newAccounts,
  newInvitations,
  newRoles,
  type Place,
  putToRest,
  removeRole,
  rename,
  replaceRoles,
  revoke,
  take,
  takeBack,
  takePicture,
  toAccounts,
  toRoles,
  wake,
  writeTo,
} from './rights-cases.ts';
import { verdict } from './rights-model.ts';
import {
  alike,
  describeProgram,
  endOfKey,
  newKeys,
  newPrograms,
  successors,
  toPrograms,
} from './rights-programs.ts';
import { type Caller, callersOf, doors, pair, Stage } from './rights-stage.ts';

const app = useApp();
const now = new Date(0);
const known = ['admin', ...pair] as const;

/** A line for every operation that can change an account or a role, by each path it offers. */
const places: Readonly<Record<string, Place>> = {
  'passwordReset.send': toAccounts([writeTo]),
  'invitations.create': newInvitations,
  'invitations.revoke': takeBack,
  'impersonation.start': toAccounts([actAs]),
  'secondFactors.reset': toAccounts([putToRest]),
  'users.create': newAccounts,
  'users.update': toAccounts([change, ...lists.map(replaceRoles)]),
  'users.remove': toAccounts([putToRest]),
  'users.removeAvatar': toAccounts([takePicture]),
  'users.deactivate': toAccounts([putToRest]),
  'users.activate': toAccounts([wake], { deactivatedAt: now }),
  'users.restore': toAccounts([wake], { deletedAt: now }),
  'users.assignRole': toAccounts(known.map(give)),
  'users.takeRole': toAccounts([take('health:read'), take('admin')]),
  'serviceAccounts.create': newPrograms,
  'serviceAccounts.update': toPrograms([
    describeProgram,
    ...lists.map((names) => alike(replaceRoles(names))),
  ]),
  'serviceAccounts.remove': toPrograms([alike(putToRest)]),
  'serviceAccounts.createKey': toPrograms(newKeys),
  'serviceAccounts.rotateKey': toPrograms(successors),
  'serviceAccounts.revokeKey': toPrograms([endOfKey]),
  'roles.create': newRoles,
  'roles.update': toRoles([rename, describe]),
  'roles.remove': toRoles([removeRole]),
  'roles.grant': toRoles(pair.map(grant)),
  'roles.revoke': toRoles(pair.map(revoke)),
};

let callers: Caller[];
let roles: Known;

beforeAll(async () => {
  callers = await callersOf(app);
  const admin = await Role.query(app.db).findOne({ name: 'admin' }).throwIfNotFound();
  const stage = new Stage(now);
  const [audit, health] = pair;
  roles = {
    admin: { id: admin.id, name: 'admin', grants: new Set(permissionNames) },
    [audit]: stage.role([audit]),
    [health]: stage.role([health]),
  };
  await stage.build(app);
});

/** It stands among them, only those who manage them may call it, or its input names one. */
function concernsAccountsOrRoles({ noun, access, route }: Operation): boolean {
  if (route.method === 'GET') return false;
  const shapes = [route.pathParams, hasBody(route) ? route.body : undefined];
  const names = shapes.flatMap((schema) =>
    Object.keys((schema as z.ZodObject | undefined)?.shape ?? {}),
  );
  const isForManagers =
    access.kind === 'requires' && doors.some((door) => door === access.permission);
  const isNamed = names.some((name) => /^(user|account|role|permission)(Id|Name)?s?$/.test(name));
  return ['users', 'roles'].includes(noun) || isForManagers || isNamed;
}

const concerned = operations.filter(concernsAccountsOrRoles);

group('the lattice', () => {
  it('holds every operation that can change an account or a role', () => {
    expect(Object.keys(places)).toEqual(concerned.map(({ name }) => name));
  });

  it.each([
    ['among users', true, 'users', {}],
    ['for managers', true, 'things', { metadata: { access: requires('users:manage') } }],
    ['below an account', true, 'things', { pathParams: z.object({ userId: z.uuid() }) }],
    ['with roles', true, 'things', { body: z.strictObject({ roles: z.array(z.string()) }) }],
    ['with a username', false, 'things', { body: z.strictObject({ username: z.string() }) }],
    ['that reads', false, 'users', { method: 'GET' }],
  ])('would know a new one %s: %s', (_what, isKnown, noun, more) => {
    const metadata = { access: signedIn() };
    const plain = { method: 'POST', path: '', summary: '', responses: {}, body: z.object({}) };
    const endpoint = { description: '', metadata, ...plain, ...more } as unknown as Endpoint;
    const found = operationsOf({ [noun]: { act: endpoint } });
    expect(found.map(concernsAccountsOrRoles)).toEqual([isKnown]);
  });

  it('knows a permission that protects its holder, and one that does not', () => {
    expect(pair.map((name) => permissions[name].protects)).toEqual([true, false]);
  });
});

interface Line {
  readonly caller: Caller;
  readonly one: Case;
}

/** A machine that is too busy to answer says nothing of the rules: it is asked again. */
async function outcomeOf(operation: Operation, { caller, one }: Line): Promise<string> {
  const { params, body } = one;
  const input = { headers: caller.headers, ...(params && { params }) };
  const sent = { ...input, ...(body && { body: JSON.stringify(body) }) };
  const { status, code } = await ask(app, operation, sent);
  if (status === 503) return outcomeOf(operation, { caller, one });
  return code ?? (status < 300 ? 'done' : String(status));
}

/** All who pass the door, and one who does not: the door has a test of its own (access.test.ts). */
function callersFor({ access }: Operation): Caller[] {
  const passes = ({ holds }: Caller) => access.kind === 'requires' && holds.has(access.permission);
  const stopped = callers.find((caller) => !passes(caller));
  return [...callers.filter(passes), ...(stopped ? [stopped] : [])];
}

/** A few at a time, so that the pool has no queue. */
async function outcomesOf(operation: Operation, lines: readonly Line[]): Promise<string[]> {
  const outcomes: string[] = [];
  const rest = lines.entries();
  const worker = async () => {
    for (const [at, line] of rest) outcomes[at] = await outcomeOf(operation, line);
  };
  await Promise.all(Array.from({ length: 4 }, worker));
  return outcomes;
}

group('whoever calls, and whatever it is done to', () => {
  it.each(concerned.map((operation) => [operation.name, operation] as const))(
    '%s does what the rules say',
    async (name, operation) => {
      const stage = new Stage(now);
      const lines = callersFor(operation).flatMap((caller) =>
        (places[name]?.(stage, caller, roles) ?? []).map((one) => ({ caller, one })),
      );
      await stage.build(app);
      const told = (outcomes: readonly string[]) =>
        lines.map(({ caller, one }, at) => {
          return `${[...caller.holds].join('+')}: ${one.what}: ${outcomes[at]}`;
        });
      const expected = lines.map(({ caller, one }) => verdict(operation, caller.holds, one.deed));
      expect(new Set(expected)).toContain('done');
      expect(new Set(expected)).toContain('permission_denied');
      expect(told(await outcomesOf(operation, lines))).toEqual(told(expected));
    },
    60_000,
  );
});
