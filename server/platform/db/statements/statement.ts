import type { Model, QueryBuilder } from 'objection';
import type { Database } from '../connect.ts';
import { compile } from './compile.ts';
import { encode } from './encode.ts';
import { type ExecutableQuery, execute } from './executor.ts';
import type { Binding } from './placeholders.ts';
import type { Outcome, Values } from './wire.ts';

/** The named arguments of a statement, as its builder sees them: names to put into the query. */
export type Args<Named extends object> = Readonly<Named>;

/** A query of fixed shape, built once; executed as a prepared statement on a pool or transaction. */
export interface Statement<Arguments, Row> {
  all(db: Database, ...args: Given<Arguments>): Promise<Row[]>;
  /** The first row. */
  find(db: Database, ...args: Given<Arguments>): Promise<Row | undefined>;
  /** How many rows it changed. */
  run(db: Database, ...args: Given<Arguments>): Promise<number>;
}

export interface StatementOptions {
  /**
   * Outside a transaction, a plain read shares its connection with others, and those behind it wait
   * for it. False for what can be slow, and for what calls a function that writes.
   */
  readonly isShareable?: boolean;
  /** `text` gives instants as `toISOString` would write them, for rows that only travel on. */
  readonly instants?: 'date' | 'text';
}

type Given<Arguments> = unknown extends Arguments ? [] : [args: Arguments];

/** Their SQL, by name: whoever holds a new schema against them reads it. */
export const statementTexts = new Map<string, string>();

/**
 * Writes a query once, with Objection and named arguments, when its module is loaded:
 *
 *     const noteById = statement('notes.byId', (arg: Args<{ id: string }>) =>
 *       Note.query().findById(arg.id),
 *     );
 *     const note = await noteById.find(db, { id });
 *
 * What Objection does beside SQL does not happen: hooks, schemas, graphs. Ids and instants are
 * arguments; a list is one argument (`= any(?)`); `null` equals nothing.
 *
 * @throws at start, when the name is taken or the query cannot be compiled.
 */
export function statement<
  Arguments,
  M extends Model,
  Result,
  const Options extends StatementOptions = Record<never, never>,
>(
  name: string,
  build: (args: Arguments) => QueryBuilder<M, Result>,
  options?: Options,
): Statement<Arguments, WithInstants<RowOf<M, Result>, Options>> {
  if (statementTexts.has(name)) throw new Error(`Two statements are called ${name}`);
  const { isPlainRead, model, bindings, ...compiled } = compile(name, build);
  statementTexts.set(name, compiled.text);
  const { isShareable = true, instants = 'date' } = options ?? {};
  const query = {
    ...compiled,
    shape: { model, instants },
    isShareable: isShareable && isPlainRead,
  };
  return new CompiledStatement(name, query, bindings) as never;
}

type RowOf<M, Result> = Result extends (infer Row)[]
  ? Row
  : NonNullable<Result> extends object
    ? NonNullable<Result>
    : M;

type WithInstants<Row, Options> = Options extends { instants: 'text' }
  ? { [Field in keyof Row]: AsText<Row[Field]> }
  : Row;

type AsText<Value> = Value extends Date ? string : Value;

type NamedArguments = Readonly<Record<string, unknown>>;

class CompiledStatement {
  readonly #name: string;
  readonly #query: ExecutableQuery;
  readonly #bindings: readonly Binding[];

  constructor(name: string, query: ExecutableQuery, bindings: readonly Binding[]) {
    this.#name = name;
    this.#query = query;
    this.#bindings = bindings;
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

  async #execute(db: Database, args: NamedArguments = {}): Promise<Outcome> {
    const values = this.#valuesOf(args);
    try {
      return await execute(db, this.#query, values);
    } catch (error) {
      throw namingStatement(error as Error, this.#name);
    }
  }

  #valuesOf(args: NamedArguments): Values {
    return this.#bindings.map((binding) => {
      if ('value' in binding) return encode(binding.value);
      const value = args[binding.name];
      // pg would take it for null.
      if (value === undefined) throw new TypeError(`${this.#name} lacks ${binding.name}`);
      return encode(value);
    });
  }
}

/** An error from a socket says neither which statement failed nor who asked for it. */
function namingStatement(error: Error, statement: string): Error {
  Error.captureStackTrace(error, namingStatement);
  return Object.assign(error, { statement });
}
