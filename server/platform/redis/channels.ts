import type { RedisConnection } from './driver.ts';

export interface Subscription {
  readonly onMessage: (message: string) => void;
  /** From now on messages arrive. Again after every reconnection: what was said meanwhile is lost. */
  readonly onSubscribed?: () => void;
}

/** What carries the messages. */
export interface Carrier {
  readonly keyPrefix: string;
  readonly ready: RedisConnection | undefined;
  start(): Promise<void>;
  connect(role: string): Promise<RedisConnection>;
  noteFailure(error: unknown): void;
}

const heartbeatMs = 5_000;
const retryMs = 1_000;

/** Messages between the processes, for hints: one that is lost may do no harm. */
export class Channels {
  readonly #redis: Carrier;
  readonly #subscriptions = new Map<string, Subscription[]>();
  readonly #publishing = new Set<Promise<void>>();
  #listening: Promise<void> | undefined;
  #heartbeat: NodeJS.Timeout | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(redis: Carrier) {
    this.#redis = redis;
  }

  /** Nobody waits for it, and nobody hears of it while Redis is away. */
  publish(channel: string, message: string): void {
    const sent = this.#publish(this.#nameOf(channel), message);
    this.#publishing.add(sent);
    void sent.finally(() => this.#publishing.delete(sent));
  }

  subscribe(channel: string, subscription: Subscription): void {
    const name = this.#nameOf(channel);
    this.#subscriptions.set(name, [...(this.#subscriptions.get(name) ?? []), subscription]);
    this.#listening ??= this.#listen();
  }

  /** What is being published is, before the connections close: a command ends right after it. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#heartbeat);
    clearTimeout(this.#retry);
    await Promise.all([...this.#publishing, this.#listening]);
  }

  #nameOf(channel: string): string {
    return `${this.#redis.keyPrefix}${channel}`;
  }

  async #publish(name: string, message: string): Promise<void> {
    await this.#redis.start();
    try {
      await this.#redis.ready?.publish(name, message);
    } catch (error) {
      this.#redis.noteFailure(error);
    }
  }

  async #listen(): Promise<void> {
    const connection = await this.#redis.connect('subscriber');
    connection.on('message', (name: string, message: string) => {
      for (const { onMessage } of this.#subscriptions.get(name) ?? []) onMessage(message);
    });
    connection.on('ready', () => void this.#subscribe(connection));
    // A connection that only listens would never notice that nobody speaks any more.
    this.#heartbeat = setInterval(() => void beat(connection), heartbeatMs).unref();
    if (connection.status === 'ready') await this.#subscribe(connection);
  }

  async #subscribe(connection: RedisConnection): Promise<void> {
    try {
      await connection.subscribe(...this.#subscriptions.keys());
    } catch {
      if (this.#isClosed || connection.status !== 'ready') return;
      this.#retry = setTimeout(() => void this.#subscribe(connection), retryMs).unref();
      return;
    }
    for (const { onSubscribed } of [...this.#subscriptions.values()].flat()) onSubscribed?.();
  }
}

async function beat(connection: RedisConnection): Promise<void> {
  // A cluster looks after its subscriber by itself, and would ask any node.
  if (connection.isCluster || connection.status !== 'ready') return;
  await connection.ping().catch(() => connection.disconnect(true));
}
