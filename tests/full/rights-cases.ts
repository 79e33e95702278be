import { randomUUIDv7 } from 'node:crypto';
import type { Permission } from '../../contract/kit/permissions.ts';
import type { User } from '../../server/features/users/model.ts';
import type { Deed, Rights } from './rights-model.ts';
import { type Caller, pair, type Stage, type StagedRole, subsets } from './rights-stage.ts';

/** One request, and what it is to the rules. */
export interface Case {
  readonly what: string;
  readonly params?: Record<string, string>;
  readonly body?: object;
  readonly deed: Deed;
}

/** Roles that accounts have and are given; no case changes them. */
export type Known = Readonly<Record<'admin' | (typeof pair)[number], StagedRole>>;

/** Where an operation stands in the lattice: all that it does, to all that it can be done to. */
export type Place = (stage: Stage, caller: Caller, known: Known) => Case[];

export interface Account {
  readonly id: string;
  readonly roles: readonly StagedRole[];
  readonly is: NonNullable<Deed['account']>;
}

export type ToAccount = (account: Account, known: Known) => Case;

/** Each to an account of its own, of every kind, and to the caller. */
export function toAccounts(acts: readonly ToAccount[], fields: Partial<User> = {}): Place {
  return (stage, caller, known) => {
    const kinds = held.map((names) => names.map((name) => known[name]));
    const own = { id: caller.id, roles: [], is: { holds: caller.holds, isOwn: true } };
    return acts.flatMap((act) => [
      ...kinds.map((roles) => {
        const is = { holds: union(roles), isOwn: false };
        return act({ id: stage.account(roles, fields), roles, is }, known);
      }),
      act(own, known),
    ]);
  };
}

type KnownName = keyof Known;
const [audit, health] = pair;
/** What an account has. */
export const held: readonly (readonly KnownName[])[] = [[], [audit], [health], ['admin']];
/** What its roles are to become: so, each way of giving, keeping and taking is among them. */
export const lists: readonly (readonly KnownName[])[] = [[], [health], [audit, health], ['admin']];

export const change: ToAccount = ({ id, is }) => ({
  what: `change of ${told(is)}`,
  params: { userId: id },
  body: { fullName: 'Ada' },
  deed: { account: is },
});

export const wake: ToAccount = ({ id, is }) => ({
  what: `return of ${told(is)}`,
  params: { userId: id },
  deed: { account: is },
});

export const takePicture: ToAccount = ({ id, is }) => ({
  what: `picture of ${told(is)}`,
  params: { userId: id },
  deed: { account: is },
});

export const writeTo: ToAccount = ({ id, is }) => ({
  what: `link for ${told(is)}`,
  params: { userId: id },
  deed: { account: is },
});

export const actAs: ToAccount = ({ id, is }) => ({
  what: `acting as ${told(is)}`,
  params: { userId: id },
  body: { reason: 'Ticket 4711' },
  deed: { account: is, isForOthers: true, isActedAs: true },
});

export const putToRest: ToAccount = ({ id, is }) => ({
  what: `rest of ${told(is)}`,
  params: { userId: id },
  deed: { account: is, isForOthers: true },
});

export function replaceRoles(names: readonly KnownName[]): ToAccount {
  return ({ id, roles, is }, known) => {
    const wanted = names.map((name) => known[name]);
    return {
      what: `roles of ${told(is)} to ${names.join('+') || 'none'}`,
      params: { userId: id },
      body: { roles: wanted.map(({ name }) => name) },
      deed: { account: is, isForOthers: true, gives: union(without(wanted, roles)) },
    };
  };
}

export function give(name: KnownName): ToAccount {
  return ({ id, roles, is }, known) => ({
    what: `gift of ${name} to ${told(is)}`,
    params: { userId: id, roleId: known[name].id },
    deed: { account: is, isForOthers: true, gives: union(without([known[name]], roles)) },
  });
}

export function take(name: KnownName): ToAccount {
  return ({ id, is }, known) => ({
    what: `taking ${name} from ${told(is)}`,
    params: { userId: id, roleId: known[name].id },
    deed: { account: is, isForOthers: true },
  });
}

/** Without roles that are named, and with each list of them. */
export const newAccounts: Place = (_stage, _caller, known) =>
  [undefined, ...lists].map((names) => {
    const id = randomUUIDv7();
    const roles = names?.map((name) => known[name]);
    return {
      what: `account with ${names?.join('+') ?? 'what it begins with'}`,
      body: { email: `${id}@example.com`, username: id, roles: roles?.map(({ name }) => name) },
      deed: roles ? { gives: union(roles) } : {},
    };
  });

/** The same by mail. */
export const newInvitations: Place = (_stage, _caller, known) =>
  [undefined, ...lists].map((names) => {
    const roles = names?.map((name) => known[name]);
    const email = `${randomUUIDv7()}@example.com`;
    return {
      what: `invitation to ${names?.join('+') ?? 'what an account begins with'}`,
      body: { email, roles: roles?.map(({ name }) => name) },
      deed: roles ? { gives: union(roles) } : {},
    };
  });

/** Whoever sent it, and whatever it gives: nobody gets more by it. */
export const takeBack: Place = (stage) => [
  { what: 'end of an invitation', params: { invitationId: stage.invitation() }, deed: {} },
];

interface Target extends StagedRole {
  readonly isOwn: boolean;
  readonly isSystem: boolean;
}

type ToRole = (role: Target) => Case;

/** Each to a role of its own, of every kind, to one that the caller has, and to `admin`. */
export function toRoles(acts: readonly ToRole[]): Place {
  return (stage, caller, { admin }) => {
    const ownRole = () => {
      const role = stage.role(pair.filter((permission) => caller.holds.has(permission)));
      stage.give(role, caller.id);
      return role;
    };
    return acts.flatMap((act) => [
      ...subsets.map((grants) => act({ ...stage.role(grants), isOwn: false, isSystem: false })),
      act({ ...ownRole(), isOwn: true, isSystem: false }),
      act({ ...admin, isOwn: false, isSystem: true }),
    ]);
  };
}

export const rename: ToRole = (role) => ({
  what: `new name of ${toldRole(role)}`,
  params: { roleId: role.id },
  body: { name: newName() },
  deed: { role: { before: role.grants, after: role.grants }, isProtected: role.isSystem },
});

export const describe: ToRole = (role) => ({
  what: `description of ${toldRole(role)}`,
  params: { roleId: role.id },
  body: { description: 'What it is for.' },
  deed: { role: { before: role.grants, after: role.grants } },
});

export const removeRole: ToRole = (role) => ({
  what: `removal of ${toldRole(role)}`,
  params: { roleId: role.id },
  deed: {
    role: { before: role.grants, after: role.grants },
    isProtected: role.isSystem,
    removesOwnRole: role.isOwn,
  },
});

export function grant(permission: Permission): ToRole {
  return (role) => ({
    what: `grant of ${permission} to ${toldRole(role)}`,
    params: { roleId: role.id, permission },
    deed: {
      role: { before: role.grants, after: role.grants.union(new Set([permission])) },
      isProtected: role.isSystem,
    },
  });
}

export function revoke(permission: Permission): ToRole {
  return (role) => ({
    what: `end of ${permission} in ${toldRole(role)}`,
    params: { roleId: role.id, permission },
    deed: {
      role: { before: role.grants, after: role.grants.difference(new Set([permission])) },
      isProtected: role.isSystem,
    },
  });
}

export const newRoles: Place = () =>
  subsets.map((permissions) => ({
    what: `role with ${permissions.join('+') || 'nothing'}`,
    body: { name: newName(), permissions },
    deed: { role: { before: new Set(), after: new Set(permissions) } },
  }));

export function union(roles: readonly StagedRole[]): Rights {
  return new Set(roles.flatMap(({ grants }) => [...grants]));
}

function without(roles: readonly StagedRole[], others: readonly StagedRole[]): StagedRole[] {
  return roles.filter((role) => !others.includes(role));
}

export const newName = () => `r-${randomUUIDv7()}`;

export function told({ holds, isOwn }: Account['is']): string {
  return isOwn ? 'oneself' : `holder of ${[...holds].join('+') || 'nothing'}`;
}

function toldRole({ grants, isOwn, isSystem }: Target): string {
  if (isSystem) return 'admin';
  return `${isOwn ? 'own role' : 'role'} with ${[...grants].join('+') || 'nothing'}`;
}
