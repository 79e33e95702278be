import type { RedisConfig, RedisServers } from '../../config/redis.ts';
import type { Log } from '../observability/log.ts';
import type { RedisMetrics } from '../observability/redis-metrics.ts';
import { Channels } from './channels.ts';
import { createConnection, type RedisConnection, useLogin } from './driver.ts';

export interface RedisParts {
  readonly config: RedisConfig;
  readonly log: Log;
  readonly metrics: RedisMetrics;
}

interface Outage {
  readonly since: number;
  readonly reason: string;
}

/** How often it is looked at, whether somebody needs it or not. */
const checkMs = 1_000;
/** The probe's key lives on for so long. */
const probeMs = 60_000;

/**
 * Redis, which the service can do without. It is up while it answers and takes writes. Whoever uses it
 * takes `ready`, tells of what fails, and has another way for when there is none: an outage costs the
 * commands in flight their time limit, and no others anything.
 */
export class Redis {
  /** What the processes tell each other. */
  readonly channels = new Channels(this);
  readonly #parts: RedisParts;
  #servers: RedisServers;
  readonly #connections = new Set<RedisConnection>();
  #main: RedisConnection | undefined;
  #started: Promise<void> | undefined;
  #isUp = false;
  #outage: Outage | undefined;
  #checking: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(parts: RedisParts) {
    this.#parts = parts;
    this.#servers = parts.config.servers;
  }

  /** What every key and every channel begins with. */
  get keyPrefix(): string {
    return this.#parts.config.keyPrefix;
  }

  /** Loads the driver and connects. Waits for the first attempt, and not for its success. */
  start(): Promise<void> {
    this.#started ??= this.#start();
    return this.#started;
  }

  /** The connection for commands; undefined while Redis is away. */
  get ready(): RedisConnection | undefined {
    return this.#isUp ? this.#main : undefined;
  }

  /** Why it is away; undefined while it is not. */
  get trouble(): string | undefined {
    return this.#isUp ? undefined : (this.#outage?.reason ?? 'not connected yet');
  }

  /** Another connection, for whoever needs one of its own. It is closed with the others. */
  async connect(role: string): Promise<RedisConnection> {
    const { config } = this.#parts;
    const connection = await createConnection({ ...config, servers: this.#servers }, role);
    this.#connections.add(connection);
    // A start that was broken off may come here after the end.
    if (this.#isClosed) connection.disconnect();
    else connection.connect().catch(() => {});
    return connection;
  }

  /** Of the server, or of one of a cluster's; undefined where it may not be asked. */
  async version(): Promise<string | undefined> {
    const text = await this.ready?.info('server').catch(() => undefined);
    return /redis_version:(\S+)/.exec(text ?? '')?.[1];
  }

  /** A command failed: nobody uses Redis until it was looked at. */
  noteFailure(error: unknown): void {
    this.#parts.metrics.countFailed();
    if (!this.#isUp) return;
    this.#isUp = false;
    this.#parts.log.debug({ err: error }, 'a command of Redis failed');
    void this.check();
  }

  /** Looks at it now; one look at a time. */
  check(): Promise<void> {
    this.#checking ??= this.#check().finally(() => {
      this.#checking = undefined;
    });
    return this.#checking;
  }

  /**
   * New connections use this user and password; those that are open go on.
   * @throws where it names another server: that takes a restart.
   */
  useServers(next: RedisServers): void {
    if (placeOf(next) !== placeOf(this.#servers)) {
      throw new Error('it names another Redis: restart the service for that');
    }
    this.#servers = next;
    for (const connection of this.#connections) useLogin(connection, { servers: next });
  }

  async close(): Promise<void> {
    await this.channels.close();
    this.#isClosed = true;
    this.#isUp = false;
    clearInterval(this.#timer);
    await this.#started;
    for (const connection of this.#connections) connection.disconnect();
    await this.#checking;
  }

  async #start(): Promise<void> {
    this.#parts.metrics.watch(() => this.#isUp);
    this.#main = await this.connect('commands');
    if (this.#isClosed) return;
    this.#main.on('ready', () => void this.check());
    this.#main.on('close', () => {
      this.#isUp = false;
    });
    this.#main.on('error', (error) => this.#lost(error as Error));
    this.#timer = setInterval(() => void this.check(), checkMs);
    this.#timer.unref();
    await firstAttempt(this.#main);
    await this.check();
  }

  async #check(): Promise<void> {
    const main = this.#main;
    if (!main || this.#isClosed) return;
    // What keeps it from connecting, it mostly says by itself, and before.
    if (main.status !== 'ready') return this.#lost(new Error('not connected'));
    try {
      await probe(main, `${this.keyPrefix}probe`);
      this.#found();
    } catch (reason) {
      const error = reason as Error;
      // Where it should work and does not, the way to it may be dead: the next one is a new one.
      if (main.status === 'ready' && isTimeout(error)) main.disconnect(true);
      this.#lost(error);
    }
  }

  #found(): void {
    if (this.#isClosed) return;
    this.#isUp = true;
    if (!this.#outage) return;
    const awaySeconds = Math.round((performance.now() - this.#outage.since) / 1000);
    this.#outage = undefined;
    this.#parts.log.info({ awaySeconds }, 'Redis is back');
  }

  #lost(error: Error): void {
    if (this.#isClosed) return;
    this.#isUp = false;
    if (this.#outage) return;
    this.#outage = { since: performance.now(), reason: error.message };
    this.#parts.log.warn({ err: error }, 'Redis is away; the service goes on without it');
  }
}

/** It has to answer and to take a write; each node of a cluster has to answer. */
async function probe(connection: RedisConnection, key: string): Promise<void> {
  const nodes = 'nodes' in connection ? connection.nodes('master') : [];
  await Promise.all([connection.set(key, '1', 'PX', probeMs), ...nodes.map((node) => node.ping())]);
}

function firstAttempt(connection: RedisConnection): Promise<void> {
  if (connection.status === 'ready') return Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  for (const event of ['ready', 'error', 'close', 'end']) connection.once(event, () => resolve());
  return promise;
}

function isTimeout({ message }: Error): boolean {
  return message === 'Command timed out';
}

function placeOf({ nodes, isCluster, isEncrypted, db }: RedisServers): string {
  return JSON.stringify([nodes, isCluster, isEncrypted, db]);
}
