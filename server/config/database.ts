import { section } from './section.ts';
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
  }),
});

export type DatabaseConfig = ReturnType<typeof database.build>;
