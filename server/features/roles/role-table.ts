import type { Permission } from '../../../contract/kit/permissions.ts';
import type { Cache } from '../../platform/cache/cache.ts';
import type { Database } from '../../platform/db/connect.ts';
import { statement } from '../../platform/db/statements/statement.ts';
import type { Platform } from '../../platform/platform.ts';
import { type Grants, RoleAndGrant, rolesChanged } from './model.ts';

/** What a set of roles amounts to. One object for all accounts with the same roles. */
export interface Granted {
  /** Names, sorted. */
  readonly roles: readonly string[];
  readonly permissions: ReadonlySet<Permission>;
  /** Whether one of them asks for a second factor. */
  readonly requiresSecondFactor: boolean;
}

/** The same, where it was read at one instant. */
export function grantedNow({ roleNames, permissions, requiresSecondFactor }: Grants): Granted {
  return { roles: roleNames.toSorted(), permissions: new Set(permissions), requiresSecondFactor };
}

type Parts = Pick<Platform, 'db' | 'caches'>;

interface Table {
  /** By id of the role: a row for each permission. */
  readonly roles: ReadonlyMap<string, RoleAndGrant[]>;
  readonly granted: Map<string, Granted>;
}

// What was changed by hand in SQL is noticed after this; a change through the API at once.
const freshSeconds = 60;
// The key of what has no parts.
const whole = 'all';

const eachGrant = statement('roles.eachGrant', () =>
  RoleAndGrant.query()
    .leftJoinRelated('grants')
    .select('roles.id', 'roles.name', 'roles.requiresSecondFactor', 'grants.permission'),
);

/**
 * All roles with what they grant, in memory. A revocation of kind `roles` drops them, also while
 * they are being read: whoever asks afterwards starts a reading of their own. It is not shared
 * through Redis: whoever can write there must not be able to say what roles grant (decision 0058).
 */
export class RoleTable {
  readonly #table: Cache<Table>;

  constructor({ db, caches }: Parts) {
    this.#table = caches.open({
      name: 'roles',
      load: () => read(db),
      freshSeconds,
      capacity: 1,
      voidedBy: rolesChanged,
    });
  }

  /** What the roles with these ids grant. An id that is not known yet makes it look again, once. */
  async grantedBy(roleIds: readonly string[]): Promise<Granted> {
    const known = await this.#table.get(whole);
    const isComplete = roleIds.every((id) => known.roles.has(id));
    return granted(isComplete ? known : await this.#table.renew(whole), roleIds);
  }
}

async function read(db: Database): Promise<Table> {
  const rows = await eachGrant.all(db);
  return { roles: Map.groupBy(rows, ({ id }) => id), granted: new Map() };
}

function granted({ roles, granted: known }: Table, roleIds: readonly string[]): Granted {
  const key = roleIds.toSorted().join();
  const held = known.get(key) ?? grantedByRows(roleIds.flatMap((id) => roles.get(id) ?? []));
  known.set(key, held);
  return held;
}

function grantedByRows(rows: readonly RoleAndGrant[]): Granted {
  return {
    roles: [...new Set(rows.map(({ name }) => name))].sort(),
    permissions: new Set(rows.flatMap(({ permission }) => permission ?? [])),
    requiresSecondFactor: rows.some(({ requiresSecondFactor }) => requiresSecondFactor),
  };
}
