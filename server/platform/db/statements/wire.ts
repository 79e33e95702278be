import pg from 'pg';
import {
  type Column,
  compileDecoder,
  type Field,
  type RowDecoder,
  type RowShape,
} from './decode.ts';
import { isOutdated, isOvertaken } from './failures.ts';

/** What a statement has to tell the wire. */
export interface WireQuery {
  /** Of the prepared statement on a connection. */
  readonly name: string;
  readonly text: string;
  readonly shape: RowShape;
}

/** Arguments in the form that goes over the wire. */
export type Values = readonly (string | Buffer | null)[];

export interface Outcome {
  readonly rows: object[];
  /** Rows changed, or read. */
  readonly count: number;
}

/** pg's connection, as pg's own queries use it. */
interface Wire {
  readonly stream: { cork(): void; uncork(): void };
  close(statement: { type: 'S'; name: string }): void;
  parse(statement: { name: string; text: string }): void;
  describe(statement: { type: 'S'; name: string }): void;
  bind(values: { statement: string; values: Values }): void;
  execute(): void;
  sync(): void;
}

// Which statements a connection has prepared, and how it decodes their rows.
const prepared = new WeakMap<object, Map<string, Prepared>>();

interface Prepared {
  readonly decode: RowDecoder;
  readonly generation: number;
}

/**
 * Of what is prepared, on all connections. A migration that overtook one statement has overtaken others:
 * each would end a transaction, so from the first on all of them are prepared anew.
 */
let generation = 0;

// pg's types know no more of it.
const Query = pg.Query as unknown as new (text: string) => object;

const noRows: RowDecoder = () => ({});

/**
 * One execution of a named prepared statement, to be handed to pg's `client.query`. The first on a
 * connection prepares it and asks for the shape of its rows; later ones bind, execute and sync in
 * one packet. https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY
 *
 * A query of pg's, because pg pipelines no other: its danger is a portal that stays open over a
 * round trip, and this one reads all rows of the unnamed portal before its sync.
 */
class WireExecution extends Query {
  /** pg wraps it to limit the wait. */
  callback: (error: Error | null, outcome?: Outcome) => void;
  readonly #query: WireQuery;
  readonly #values: Values;
  readonly #rows: object[] = [];
  #decode: RowDecoder = noRows;
  #count = 0;
  #failure: Error | undefined;
  #generation = generation;

  constructor(query: WireQuery, values: Values, callback: WireExecution['callback']) {
    // Of an object pg would first make a copy, with all its descriptors.
    super(query.text);
    this.#query = query;
    this.#values = values;
    this.callback = callback;
  }

  submit(connection: pg.Connection): void {
    const wire = connection as unknown as Wire;
    const { name, text } = this.#query;
    const known = prepared.get(connection)?.get(name);
    this.#generation = generation;
    wire.stream.cork();
    if (known?.generation === generation) {
      this.#decode = known.decode;
    } else {
      // Closing what does not exist is allowed, and whatever was left under this name is gone.
      wire.close({ type: 'S', name });
      wire.parse({ name, text });
      wire.describe({ type: 'S', name });
    }
    wire.bind({ statement: name, values: this.#values });
    wire.execute();
    wire.sync();
    wire.stream.uncork();
  }

  handleRowDescription({ fields }: { fields: Column[] }): void {
    this.#decode = compileDecoder(this.#query.shape, fields);
  }

  handleDataRow({ fields }: { fields: Field[] }): void {
    // Thrown in here, an error would end the process: pg calls from the socket.
    try {
      this.#rows.push(this.#decode(fields));
    } catch (error) {
      this.#failure = error as Error;
    }
  }

  handleCommandComplete({ text }: { text: string }, connection: pg.Connection): void {
    this.#count = countOf(text);
    const known = prepared.get(connection) ?? new Map<string, Prepared>();
    prepared.set(connection, known);
    known.set(this.#query.name, { decode: this.#decode, generation: this.#generation });
  }

  handleReadyForQuery(connection: pg.Connection): void {
    if (this.#failure) {
      this.#forget(connection);
      this.callback(this.#failure);
    } else {
      this.callback(null, { rows: this.#rows, count: this.#count });
    }
  }

  handleError(error: Error, connection: pg.Connection): void {
    if (isOutdated(error)) this.#forget(connection);
    // Those that were under way fail alike, and are no further news.
    if (isOvertaken(error) && this.#generation === generation) generation += 1;
    this.callback(error);
  }

  /** The next execution prepares it anew. */
  #forget(connection: pg.Connection): void {
    prepared.get(connection)?.delete(this.#query.name);
  }
}

/** Executes on a client that is connected, after what was handed to it before. */
export function executeOnWire(
  client: pg.ClientBase,
  query: WireQuery,
  values: Values,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    client.query(
      new WireExecution(query, values, (error, outcome) => {
        if (outcome) resolve(outcome);
        else reject(error);
      }),
    );
  });
}

/** The number at the end of `INSERT 0 1`, `UPDATE 3`, `SELECT 50`. */
function countOf(tag: string): number {
  return Number(tag.slice(tag.lastIndexOf(' ') + 1));
}
