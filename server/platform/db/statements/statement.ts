import type { Model, QueryBuilder } from 'objection';
import type { Database } from '../connect.ts';
import { type CompiledQuery, compile } from './compile.ts';
import { encode } from './encode.ts';
import { execute, type Values } from './execute.ts';
import type { Binding } from './placeholders.ts';
import type { Outcome } from './wire.ts';

export type { Args } from './placeholders.ts';

/** A query of fixed shape, built once; executed as a prepared statement on a pool or transaction. */
export interface Statement<Arguments, Row> {
  all(db: Database, ...args: Given<Arguments>): Promise<Row[]>;
  /** The first row. */
  find(db: Database, ...args: Given<Arguments>): Promise<Row | undefined>;
  /** How many rows it changed. */
  run(db: Database, ...args: Given<Arguments>): Promise<number>;
}

type Given<Arguments> = unknown extends Arguments ? [] : [args: Arguments];

const names = new Set<string>();

/**
 * Writes a query once, with Objection and named arguments, when its module is loaded:
 *
 *     const findNote = statement('notes.find', (arg: Args<{ id: string }>) =>
 *       Note.query().findById(arg.id),
 *     );
 *     const note = await findNote.find(db, { id });
 *
 * What Objection does beside SQL does not happen: hooks, schemas, graphs. Ids and instants are
 * arguments; a list is one argument (`= any(?)`); `null` never equals anything.
 *
 * @throws at start, when the name is taken or the query cannot be compiled.
 */
export function statement<Arguments, M extends Model, Result>(
  name: string,
  build: (args: Arguments) => QueryBuilder<M, Result>,
): Statement<Arguments, RowOf<M, Result>> {
  if (names.has(name)) throw new Error(`Two statements are called ${name}`);
  const query = compile(name, build);
  names.add(name);
  return new CompiledStatement(query) as unknown as Statement<Arguments, RowOf<M, Result>>;
}

type RowOf<M, Result> = Result extends (infer Row)[]
  ? Row
  : NonNullable<Result> extends object
    ? NonNullable<Result>
    : M;

class CompiledStatement {
  readonly #query: CompiledQuery;

  constructor(query: CompiledQuery) {
    this.#query = query;
  }

  async all(db: Database, args?: NamedArguments): Promise<object[]> {
    return (await this.#execute(db, args)).rows;
  }

  async find(db: Database, args?: NamedArguments): Promise<object | undefined> {
    return (await this.#execute(db, args)).rows[0];
  }

  async run(db: Database, args?: NamedArguments): Promise<number> {
    return (await this.#execute(db, args)).count;
  }

  #execute(db: Database, args: NamedArguments = {}): Promise<Outcome> {
    return execute(db, this.#query, valuesOf(this.#query, args));
  }
}

type NamedArguments = Readonly<Record<string, unknown>>;

function valuesOf({ name, bindings }: CompiledQuery, args: NamedArguments): Values {
  return bindings.map((binding: Binding) => {
    if ('value' in binding) return encode(binding.value);
    const value = args[binding.name];
    if (value === undefined) throw new TypeError(`Statement ${name} lacks ${binding.name}`);
    return encode(value);
  });
}
