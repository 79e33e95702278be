import type { Cluster, ClusterOptions, Redis, RedisOptions } from 'ioredis';
import { service } from '../../../contract/service.ts';
import type { RedisConfig } from '../../config/redis.ts';

/** A connection, or those to the nodes of a cluster. */
export type RedisConnection = Redis | Cluster;

const connectTimeoutMs = 1_000;
const lastRetryMs = 1_000;

/**
 * Waits to be told to connect. From then on it connects again by itself, for ever; meanwhile its
 * commands fail at once: none waits for a server that is away, and none is sent a second time.
 */
export async function createConnection(
  config: RedisConfig,
  role: string,
): Promise<RedisConnection> {
  const ioredis = await import('ioredis');
  const { nodes, isCluster, db } = config.servers;
  const [node] = nodes;
  const connection = isCluster
    ? new ioredis.Cluster([...nodes], clusterOptions(config, role))
    : new ioredis.Redis({ ...node, db, ...commonOptions(config, role), ...patience });
  // Without a listener for errors, a lost connection would fill the error stream.
  return connection.on('error', () => {});
}

/** The next user and password, for connections that are made from now on. */
export function useLogin(connection: RedisConnection, { servers }: Pick<RedisConfig, 'servers'>) {
  const options = connection.isCluster
    ? (connection.options as ClusterOptions).redisOptions
    : connection.options;
  Object.assign(options ?? {}, { username: servers.username, password: servers.password });
}

const patience = {
  retryStrategy: (times: number) => Math.min(times * 50, lastRetryMs),
  enableOfflineQueue: false,
} satisfies RedisOptions;

function commonOptions({ servers, ca, timeoutMs }: RedisConfig, role: string) {
  return {
    ...(servers.username !== undefined && { username: servers.username }),
    ...(servers.password !== undefined && { password: servers.password }),
    ...(servers.isEncrypted && { tls: ca === undefined ? {} : { ca } }),
    connectionName: `${service.name}-${role}`,
    disableClientInfo: true,
    lazyConnect: true,
    connectTimeout: connectTimeoutMs,
    keepAlive: 10_000,
    // A server that hangs answers nothing, and says so never.
    commandTimeout: timeoutMs,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    // By itself it would subscribe without anybody who hears of its failure, which ends the process.
    autoResubscribe: false,
    // Primary and replica have changed places: only a new connection finds the primary.
    reconnectOnError: ({ message }: Error) => message.startsWith('READONLY'),
  } satisfies RedisOptions;
}

function clusterOptions(config: RedisConfig, role: string): ClusterOptions {
  return {
    redisOptions: commonOptions(config, role),
    lazyConnect: true,
    enableOfflineQueue: false,
    clusterRetryStrategy: patience.retryStrategy,
    slotsRefreshTimeout: connectTimeoutMs,
    slotsRefreshInterval: 10_000,
    // Nothing is tried twice in the time of a request.
    retryDelayOnFailover: 0,
    retryDelayOnClusterDown: 0,
    maxRedirections: 4,
    // Names stay names: a certificate is made for those, and not for addresses.
    dnsLookup: (host, done) => done(null, host),
  };
}
