import type { Permission } from '../../../contract/kit/permissions.ts';
import { type Clock, secondsAfter } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import { statement } from '../../platform/db/statements/statement.ts';
import type { Revocations } from '../../platform/revocations/revocations.ts';
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

interface RoleTableParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly revocations: Pick<Revocations, 'onRevoked'>;
}

interface Table {
  /** By id of the role: a row for each permission. */
  readonly roles: ReadonlyMap<string, RoleAndGrant[]>;
  readonly granted: Map<string, Granted>;
  readonly freshUntil: Date;
}

// What was changed by hand in SQL is noticed after this; a change through the API at once.
const freshSeconds = 60;

const eachGrant = statement('roles.eachGrant', () =>
  RoleAndGrant.query()
    .leftJoinRelated('grants')
    .select('roles.id', 'roles.name', 'roles.requiresSecondFactor', 'grants.permission'),
);

/**
 * All roles with what they grant, in memory. A revocation of kind `roles` drops them, also while
 * they are being read: whoever asks afterwards starts a reading of their own.
 */
export class RoleTable {
  readonly #parts: RoleTableParts;
  #reading: Promise<Table> | undefined;

  constructor(parts: RoleTableParts) {
    this.#parts = parts;
    parts.revocations.onRevoked(({ kind }) => {
      if (kind === rolesChanged) this.#reading = undefined;
    });
  }

  /** What the roles with these ids grant. An id that is not known yet makes it look again, once. */
  async grantedBy(roleIds: readonly string[]): Promise<Granted> {
    const known = await this.#current();
    const isComplete = roleIds.every((id) => known.roles.has(id));
    return granted(isComplete ? known : await this.#readAnew(), roleIds);
  }

  async #current(): Promise<Table> {
    const reading = this.#reading ?? this.#readAnew();
    const table = await reading;
    if (table.freshUntil > this.#parts.clock.now()) return table;
    // The first who finds it too old reads; all others wait for that reading.
    if (this.#reading === reading) this.#reading = undefined;
    return this.#reading ?? this.#readAnew();
  }

  #readAnew(): Promise<Table> {
    const reading = this.#read();
    this.#reading = reading;
    // What failed is not kept: the next one who asks tries again.
    reading.catch(() => {
      if (this.#reading === reading) this.#reading = undefined;
    });
    return reading;
  }

  async #read(): Promise<Table> {
    const { db, clock } = this.#parts;
    const freshUntil = secondsAfter(clock.now(), freshSeconds);
    const rows = await eachGrant.all(db);
    return { roles: Map.groupBy(rows, ({ id }) => id), granted: new Map(), freshUntil };
  }
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
