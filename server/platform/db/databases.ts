import type { DatabaseConfig } from '../../config/database.ts';
import type { Log } from '../observability/log.ts';
import type { Telemetry } from '../observability/telemetry.ts';
import { connect, type Database } from './connect.ts';
import { Logins } from './logins.ts';
import { Pooler } from './pooler.ts';
import { poolerWarnings } from './pooler-warnings.ts';
import { Replica } from './replica/replica.ts';

export interface DirectOptions {
  /** For what may run longer than a request. */
  readonly statementTimeoutMs?: number;
}

export interface Databases {
  /** The pool, perhaps through a pooler: everything that the service does. */
  readonly pooled: Database;
  /**
   * One connection straight to the server, for as long as the work takes: for what locks or runs
   * long, as migrations do. (What listens has a client of its own: `db/notifications.ts`.)
   */
  direct<Result>(work: (db: Database) => Promise<Result>, options?: DirectOptions): Promise<Result>;
  /** Where the direct connection leads, for those who have one of their own. */
  readonly directUrl: string;
  /** For reads that may be late; undefined where no DATABASE_REPLICA_URL is set. */
  readonly replica: Replica | undefined;
  /**
   * New connections use this user and password; those that are open go on.
   * @throws where it names another server or database: that takes a restart.
   */
  useUrl(url: string): void;
  useDirectUrl(url: string): void;
  useReplicaUrl(url: string): void;
  /** A login was refused: `look` may bring another URL, by one of those above. */
  onRefusedLogin(look: () => Promise<void>): void;
  /** What a pooler that was found before the database asks for. Told of each when it is found, too. */
  warnings(): string[];
  close(): Promise<void>;
}

export interface DatabaseObservers {
  readonly log: Pick<Log, 'warn' | 'info'>;
  readonly telemetry: Pick<Telemetry, 'pool' | 'outages'>;
}

/** Connects when it is needed, not before. Nothing else calls `connect`. */
export function openDatabases(
  config: DatabaseConfig,
  { log, telemetry: { pool, outages } }: DatabaseObservers,
): Databases {
  const isShared = config.directUrl === config.url;
  const logins = new Logins(config.url);
  const directLogins = isShared ? logins : new Logins(config.directUrl);
  const told = new Set<string>();
  const tell = () => {
    for (const warning of warnings().filter((text) => !told.has(text))) {
      told.add(warning);
      log.warn(warning);
    }
  };
  const pooler = new Pooler(tell);
  const directPooler = isShared ? pooler : new Pooler(tell);
  const warnings = () => poolerWarnings({ pooled: pooler, direct: directPooler }, config);
  const pooled = connect({
    ...config,
    url: logins,
    metrics: pool,
    outages: { log, metrics: outages },
    pooler,
  });
  const replicaLogins = config.replicaUrl === undefined ? undefined : new Logins(config.replicaUrl);
  const replica = replicaLogins && openReplica(replicaLogins, logins, config, log);
  return {
    pooled,
    replica,
    direct: async (work, { statementTimeoutMs = config.statementTimeoutMs } = {}) => {
      const { hasNamedStatements } = config;
      const options = { poolSize: 1, statementTimeoutMs, hasNamedStatements };
      const db = connect({ ...options, url: directLogins, pooler: directPooler });
      try {
        return await work(db);
      } finally {
        await db.destroy();
      }
    },
    get directUrl() {
      return directLogins.url;
    },
    useUrl: (next) => logins.use(next),
    useDirectUrl: (next) => directLogins.use(next),
    useReplicaUrl: (next) => replicaLogins?.use(next),
    onRefusedLogin: (look) => {
      logins.onRefused(look);
      directLogins.onRefused(look);
      replicaLogins?.onRefused(look);
    },
    warnings,
    close: async () => {
      await Promise.all([replica?.close(), pooled.destroy()]);
    },
  };
}

function openReplica(
  url: Logins,
  primary: Logins,
  config: DatabaseConfig,
  log: DatabaseObservers['log'],
): Replica {
  const { connectTimeoutMs, replicaLagSeconds: lagSeconds } = config;
  const options = { ...config, readConnections: 0 };
  const pooler = new Pooler();
  // Whoever looks needs no patience: what does not answer at once is not there.
  const looking = { ...options, poolSize: 1, statementTimeoutMs: connectTimeoutMs };
  return new Replica({
    openPool: () => connect({ ...options, url, pooler }),
    openProbe: () => connect({ ...looking, url, pooler }),
    openPrimary: () => connect({ ...looking, url: primary }),
    lagSeconds,
    log,
  });
}
