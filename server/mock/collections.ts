import type { Json } from '../../contract/kit/json.ts';
import { isPageOperation, type Operation } from '../../contract/kit/operations.ts';
import { Collection } from './collection.ts';
import type { Described } from './described.ts';

/** What an operation does with the things of an address. */
export type Role = 'list' | 'create' | 'get' | 'update' | 'remove' | 'act';

export interface Placed {
  readonly role: Role;
  readonly collection: (params: Json) => Collection;
}

/** The things of every list, which the operations on one of them share. */
export class Collections {
  readonly #described: Described;
  readonly #lists: readonly Operation[];
  readonly #opened = new Map<string, Collection>();

  constructor(described: Described, operations: readonly Operation[]) {
    this.#described = described;
    this.#lists = operations.filter(isPageOperation);
  }

  /** Undefined: it is about no list. */
  placeOf(operation: Operation): Placed | undefined {
    const list = this.#listOf(operation);
    if (!list) return undefined;
    const role = roleOf(operation, list);
    return { role, collection: (params) => this.#open(list, params) };
  }

  #listOf({ route, noun }: Operation): Operation | undefined {
    return this.#lists.find(
      (list) =>
        list.noun === noun &&
        (route.path === list.route.path || route.path.startsWith(`${list.route.path}/:`)) &&
        this.#schemaOf(list),
    );
  }

  #schemaOf(list: Operation): Json | undefined {
    const page = this.#described.schemaOf(list, 200);
    return page && (this.#described.field(page, 'items')?.items as Json | undefined);
  }

  #open(list: Operation, params: Json): Collection {
    const place = list.route.path.replace(/:(\w+)/g, (_, name) => String(params[name]));
    const schema = this.#schemaOf(list) ?? {};
    const known = this.#opened.get(place) ?? new Collection(this.#described, schema, place);
    this.#opened.set(place, known);
    return known;
  }
}

function roleOf({ route }: Operation, list: Operation): Role {
  const rest = route.path.slice(list.route.path.length);
  if (rest === '') return route.method === 'GET' ? 'list' : 'create';
  if (!/^\/:\w+$/.test(rest)) return 'act';
  const roles: Readonly<Record<string, Role>> = { GET: 'get', DELETE: 'remove' };
  return roles[route.method] ?? (route.method === 'POST' ? 'act' : 'update');
}
