import type { Knex } from 'knex';
import type pg from 'pg';

/** Linux gives no process a larger id. Poolers make one up, of 32 random bits. */
const largestProcessId = 4_194_304;

interface PoolerNews {
  readonly hasTimeout?: boolean;
  readonly keepsStatements?: boolean | undefined;
}

/** Of a connection to an address: what stands before PostgreSQL there, as far as it is known. */
export class Pooler {
  #state: 'unknown' | 'absent' | 'present' = 'unknown';
  #keepsStatements: boolean | undefined;
  #hasTimeout: boolean | undefined;
  readonly #onNews: () => void;

  /** @param onNews told when a pooler is found, and what it can do. */
  constructor(onNews: () => void = () => {}) {
    this.#onNews = onNews;
  }

  get isAbsent(): boolean {
    return this.#state === 'absent';
  }

  get isPresent(): boolean {
    return this.#state === 'present';
  }

  /** Whether it keeps the prepared statements of its clients apart. Undefined: nobody has asked. */
  get keepsStatements(): boolean | undefined {
    return this.#keepsStatements;
  }

  /** False: no statement is bounded by the server. Undefined: not known, or no pooler. */
  get hasTimeout(): boolean | undefined {
    return this.#hasTimeout;
  }

  /** Never taken back: a connection that looks direct may be the luck of a draw. */
  found(news: PoolerNews = {}): void {
    this.#state = 'present';
    this.#hasTimeout = news.hasTimeout ?? this.#hasTimeout;
    this.#keepsStatements = news.keepsStatements ?? this.#keepsStatements;
    this.#onNews();
  }

  notFound(): void {
    if (this.#state === 'unknown') this.#state = 'absent';
  }
}

interface Connection extends pg.Client {
  /** Of the backend, as whoever answered the connection calls it. */
  readonly processID: number | null;
}

interface Greeting {
  readonly version: string;
  readonly pid: number;
  readonly timeout: string;
}

export interface WatchOptions {
  readonly pooler: Pooler;
  /** Prepared statements are wanted through a pooler, too. */
  readonly insists: boolean;
}

/**
 * A client is told at the start which process serves it, so that it can cancel. A pooler must make that
 * up: it knows none yet, and there will be many. So PostgreSQL itself is asked, in the greeting that
 * knex sends with the first connection of a pool: nobody pays for it.
 */
export function watchForPooler({ client }: Knex, { pooler, insists }: WatchOptions): void {
  client.checkVersion = async (connection: Connection): Promise<string> => {
    const { rows } = await connection.query<Greeting>(
      "select version(), pg_backend_pid() as pid, current_setting('statement_timeout') as timeout",
    );
    const { version, pid, timeout } = rows[0] as Greeting;
    if (pid === connection.processID) pooler.notFound();
    else {
      const keepsStatements = insists ? await renamesStatements(connection) : undefined;
      pooler.found({ hasTimeout: timeout !== '0', keepsStatements });
    }
    return client._parseVersion(version);
  };
  const open: () => Promise<Connection> = client.acquireRawConnection.bind(client);
  client.acquireRawConnection = async () => {
    const connection = await open().catch((error: unknown) => {
      if (!isRefusedParameter(error)) throw error;
      // No PostgreSQL says so. What it refuses is left out from now on.
      pooler.found();
      return open();
    });
    // Without a question, for a pooler that was put there meanwhile.
    if (!isProcessId(connection.processID) && !pooler.isPresent) pooler.found();
    return connection;
  };
}

/** Some poolers take no parameter that they would have to carry from server to server. */
function isRefusedParameter(error: unknown): boolean {
  return /unsupported startup parameter/.test((error as Error).message);
}

function isProcessId(id: number | null): boolean {
  return id !== null && id > 0 && id <= largestProcessId;
}

/**
 * Two clients may give one name to two statements. A pooler that keeps them apart calls them otherwise at
 * the server; one that hands the name on would let a client find the statement of another, or none.
 */
async function renamesStatements(connection: pg.Client): Promise<boolean> {
  const name = `probe_${process.pid}_${process.hrtime.bigint()}`;
  await connection.query('begin');
  try {
    await connection.query({ name, text: 'select 1' });
    const { rowCount } = await connection.query({
      text: 'select 1 from pg_prepared_statements where name = $1',
      values: [name],
    });
    if (rowCount) await connection.query(`deallocate ${name}`);
    return !rowCount;
  } finally {
    await connection.query('rollback');
  }
}
