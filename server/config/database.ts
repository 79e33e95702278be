import { section, when } from './section.ts';
import { flag, postgresUrl, whole } from './values.ts';

export const database = section({
  settings: {
    DATABASE_URL: postgresUrl,
    DATABASE_DIRECT_URL: postgresUrl.optional(),
    DATABASE_POOL_SIZE: whole(1, 500).default(10),
    DATABASE_POOL_TIMEOUT_MS: whole(100, 60_000).default(2_000),
    DATABASE_CONNECT_TIMEOUT_MS: whole(100, 60_000).default(1_000),
    DATABASE_STATEMENT_TIMEOUT_MS: whole(100, 600_000).default(5_000),
    DATABASE_READ_CONNECTIONS: whole(0, 20).default(2),
    DATABASE_NAMED_STATEMENTS: flag.optional(),
    DATABASE_REPLICA_URL: postgresUrl.optional(),
    REPLICA_LAG_SECONDS: whole(2, 300).default(5),
  },
  build: (given) => ({
    url: given.DATABASE_URL,
    /** Straight to the server, past a pooler: for LISTEN, locks and migrations. */
    directUrl: given.DATABASE_DIRECT_URL ?? given.DATABASE_URL,
    poolSize: given.DATABASE_POOL_SIZE,
    acquireTimeoutMs: given.DATABASE_POOL_TIMEOUT_MS,
    connectTimeoutMs: given.DATABASE_CONNECT_TIMEOUT_MS,
    statementTimeoutMs: given.DATABASE_STATEMENT_TIMEOUT_MS,
    readConnections: given.DATABASE_READ_CONNECTIONS,
    /** Undefined: where no pooler is found. */
    hasNamedStatements: given.DATABASE_NAMED_STATEMENTS,
    /** A server that follows the other one, for reads that may be late; undefined: there is none. */
    replicaUrl: given.DATABASE_REPLICA_URL,
    /** How late they may be. */
    replicaLagSeconds: given.REPLICA_LAG_SECONDS,
  }),
  disagree: ({ DATABASE_URL, DATABASE_DIRECT_URL, DATABASE_REPLICA_URL: replica }) =>
    when(
      [DATABASE_URL, DATABASE_DIRECT_URL].some((url) => url && replica && isSame(url, replica)),
      'DATABASE_REPLICA_URL: is the address of the primary; name that of the replica, or leave it out',
    ),
});

export type DatabaseConfig = ReturnType<typeof database.build>;

/** Whether both lead to one place, whoever logs in. */
function isSame(url: string, other: string): boolean {
  return placeOf(url) === placeOf(other);
}

/** As pg reads it: what the query names, as a socket or Cloud SQL does, comes before the address. */
function placeOf(url: string): string {
  const { hostname, port, pathname, searchParams: given } = new URL(url);
  return `${given.get('host') ?? hostname}:${given.get('port') ?? (port || 5432)}${pathname}`;
}
