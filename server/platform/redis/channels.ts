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
  #connection: RedisConnection | undefined;
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
    if (this.#connection?.status === 'ready') void this.#begin(this.#connection, [name]);
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
    await this.#redis.start();
    const connection = await this.#redis.connect('subscriber');
    if (this.#isClosed) return;
    this.#connection = connection;
    connection.on('message', (name: string, message: string) => {
      for (const { onMessage } of this.#subscriptions.get(name) ?? []) onMessage(message);
    });
    connection.on('ready', () => void this.#begin(connection, this.#subscriptions.keys()));
    // A connection that only listens would never notice that nobody speaks any more.
    this.#heartbeat = setInterval(() => void beat(connection), heartbeatMs).unref();
  }

  async #begin(connection: RedisConnection, channels: Iterable<string>): Promise<void> {
    const names = [...channels];
    try {
      await connection.subscribe(...names);
    } catch {
      // Where it is not ready, it begins anew once it is.
      if (this.#isClosed || connection.status !== 'ready') return;
      const again = () => void this.#begin(connection, this.#subscriptions.keys());
      this.#retry = setTimeout(again, retryMs).unref();
      return;
    }
    const begun = names.flatMap((name) => this.#subscriptions.get(name) ?? []);
    for (const { onSubscribed } of begun) onSubscribed?.();
  }
}

async function beat(connection: RedisConnection): Promise<void> {
  // A cluster looks after its subscriber by itself, and would ask any node.
  if (connection.isCluster || connection.status !== 'ready') return;
  await connection.ping().catch(() => connection.disconnect(true));
}
