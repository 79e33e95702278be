import type { AnyModelConstructor } from 'objection';
import type { Connection } from 'pg';
import { type Column, compileDecoder, type Field, type RowDecoder } from './decode.ts';

/** What a statement has to tell the wire. */
export interface WireQuery {
  readonly name: string;
  readonly text: string;
  readonly model: AnyModelConstructor;
}

export interface Outcome {
  readonly rows: object[];
  /** Rows changed, or read. */
  readonly count: number;
}

export type Settle = (error: Error | null, outcome?: Outcome) => void;

/** pg's connection, as pg calls it itself. */
interface Wire {
  readonly stream: { cork(): void; uncork(): void };
  close(statement: { type: 'S'; name: string }): void;
  parse(statement: { name: string; text: string }): void;
  describe(statement: { type: 'S'; name: string }): void;
  bind(values: { statement: string; values: readonly unknown[] }): void;
  execute(): void;
  sync(): void;
}

// Which statements a connection has prepared, and how it decodes their rows.
const prepared = new WeakMap<object, Map<string, RowDecoder>>();

const noRows: RowDecoder = () => ({});

/**
 * One execution of a named prepared statement, to be handed to pg's `client.query`. The first on a
 * connection prepares it and asks for the shape of its rows; later ones bind, execute and sync in
 * one packet. https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-EXT-QUERY
 */
export class WireExecution {
  /** pg wraps it to limit the wait. */
  callback: Settle;
  readonly #query: WireQuery;
  readonly #values: readonly (string | Buffer | null)[];
  readonly #rows: object[] = [];
  #decode: RowDecoder = noRows;
  #count = 0;
  #failure: Error | undefined;

  constructor(query: WireQuery, values: readonly (string | Buffer | null)[], settle: Settle) {
    this.#query = query;
    this.#values = values;
    this.callback = settle;
  }

  submit(connection: Connection): void {
    const wire = connection as unknown as Wire;
    const { name, text } = this.#query;
    const decode = prepared.get(connection)?.get(name);
    wire.stream.cork();
    if (decode) {
      this.#decode = decode;
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
    this.#decode = compileDecoder(this.#query.model, fields);
  }

  handleDataRow({ fields }: { fields: Field[] }): void {
    // Thrown in here, an error would end the process: pg calls from the socket.
    try {
      this.#rows.push(this.#decode(fields));
    } catch (error) {
      this.#failure = error as Error;
    }
  }

  handleCommandComplete({ text }: { text: string }, connection: Connection): void {
    this.#count = countOf(text);
    const known = prepared.get(connection) ?? new Map<string, RowDecoder>();
    prepared.set(connection, known);
    known.set(this.#query.name, this.#decode);
  }

  handleReadyForQuery(): void {
    if (this.#failure) this.callback(this.#failure);
    else this.callback(null, { rows: this.#rows, count: this.#count });
  }

  handleError(error: Error, connection: Connection): void {
    if (isOutdated(error)) prepared.get(connection)?.delete(this.#query.name);
    this.callback(error);
  }
}

/**
 * Whether the statement is not, or no longer, what the connection had prepared: its result changed
 * with a migration, or a pooler or DISCARD has dropped it. Prepared anew, it works.
 */
export function isOutdated(error: Error): boolean {
  const { code, routine } = error as { code?: string; routine?: string };
  return code === '26000' || (code === '0A000' && routine === 'RevalidateCachedQuery');
}

/** The number at the end of `INSERT 0 1`, `UPDATE 3`, `SELECT 50`. */
function countOf(tag: string): number {
  return Number(tag.slice(tag.lastIndexOf(' ') + 1));
}
