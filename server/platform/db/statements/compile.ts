import { hash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import knexFactory, { type Knex } from 'knex';
import type { AnyModelConstructor, AnyQueryBuilder } from 'objection';
import { naming } from '../naming.ts';
import {
  assertNoPlaceholder,
  type Binding,
  bindingOf,
  createPlaceholders,
} from './placeholders.ts';

/** A query whose SQL is known: what Objection would have built for every call. */
export interface CompiledQuery {
  /**
   * Of the prepared statement on a connection: with a hash of the SQL, because behind a pooler
   * another release of this service may have prepared other SQL under the same name.
   */
  readonly name: string;
  readonly text: string;
  readonly bindings: readonly Binding[];
  readonly model: AnyModelConstructor;
  /** Reads and locks nothing. A function that it calls could still write: SQL does not tell. */
  readonly isPlainRead: boolean;
}

// Builds SQL and never connects.
const builder = knexFactory({ client: 'pg', log: { warn: () => {} }, ...naming });

// What Objection does around a query, and a compiled one cannot.
const beside = new Map([
  ['eager', 'relations that are fetched or joined as a graph'],
  ['range', 'pages and ranges'],
  ['runBefore', 'hooks'],
  ['runAfter', 'hooks, and throwIfNotFound'],
  ['onError', 'hooks'],
]);

// PostgreSQL cuts a name off after 63 bytes, and the hash takes nine of them.
const longestName = 54;
const locking = /\bfor (no key )?update\b|\bfor (key )?share\b/;

/** @throws when the query is not of fixed shape, or relies on what is not SQL. */
export function compile(name: string, build: (args: never) => AnyQueryBuilder): CompiledQuery {
  try {
    if (Buffer.byteLength(name) > longestName) throw new Error('the name is too long');
    const query = compileOnce(name, build);
    // An id drawn, or a clock read, by the builder would be the same in every call.
    if (!isDeepStrictEqual(query, compileOnce(name, build))) {
      throw new Error('built twice, it is not the same: ids and instants are arguments');
    }
    return query;
  } catch (cause) {
    throw new Error(`Statement ${name}: ${(cause as Error).message}`, { cause });
  }
}

function compileOnce(name: string, build: (args: never) => AnyQueryBuilder): CompiledQuery {
  const { args, asked } = createPlaceholders();
  const query = build(args as never);
  assertOnlySql(query);
  const compiled = query
    .transacting(builder as unknown as Knex.Transaction)
    .toKnexQuery()
    .toSQL();
  const { sql: text, bindings: values } = compiled.toNative();
  assertNoPlaceholder(text);
  if (/ in \$\d/.test(text)) throw new Error('a list is one argument: write `= any(?)` for `in`');
  const bindings = values.map(bindingOf);
  const bound = new Set(bindings.map((binding) => ('name' in binding ? binding.name : undefined)));
  const lost = [...asked].filter((asked) => !bound.has(asked));
  if (lost.length > 0) throw new Error(`${lost.join(', ')} did not become part of the SQL`);
  const isPlainRead = compiled.method === 'select' && text.startsWith('select ');
  return {
    name: `${name}:${hash('sha256', text).slice(0, 8)}`,
    text,
    bindings,
    model: query.modelClass(),
    isPlainRead: isPlainRead && !locking.test(text),
  };
}

function assertOnlySql(query: AnyQueryBuilder): void {
  for (const [operation, meaning] of beside) {
    if (query.has(new RegExp(`^${operation}$`))) {
      throw new Error(`${meaning} cannot be compiled`);
    }
  }
}
