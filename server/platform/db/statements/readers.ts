import pg from 'pg';
import { outsideCalls } from '../../observability/call-context.ts';
import type { Breaker } from '../breaker.ts';
import type { Logins } from '../logins.ts';
import { endsConnection, isOutdated } from './failures.ts';
import { executeOnWire, type Outcome, type Values, type WireQuery } from './wire.ts';

/** More than this many on one connection wait for each other too long: the pool takes the rest. */
const mostInFlight = 64;
/** What has answered nothing for so long is held up, by a lock or a slow read: leave it alone. */
const heldUpAfterMs = 100;
/**
 * What leads to a read-only server is kept no longer: no read would ever notice that there is a new
 * primary elsewhere.
 */
const readOnlyLifeMs = 1_000;

export interface ReaderParts {
  readonly current: () => pg.ClientConfig;
  readonly logins: Logins;
  readonly breaker: Breaker | undefined;
}

/**
 * Connections that many reads share: each is sent at once, and the answers come in order (pg's
 * pipeline mode). Opened by the first read, opened anew by the next one after a loss.
 */
export class Readers {
  readonly #readers: readonly Reader[];
  readonly #breaker: Breaker | undefined;
  #isClosed = false;

  constructor(parts: ReaderParts, count: number) {
    this.#readers = Array.from({ length: count }, () => new Reader(parts));
    this.#breaker = parts.breaker;
  }

  /** Undefined when all are busy, held up or closed: ask the pool, whose waits are short. */
  find(): Reader | undefined {
    if (this.#isClosed || this.#breaker?.isOpen) return undefined;
    let idlest: Reader | undefined;
    for (const reader of this.#readers) {
      if (reader.isHeldUp) continue;
      if (reader.inFlight < (idlest?.inFlight ?? mostInFlight)) idlest = reader;
    }
    return idlest;
  }

  /** Reads under way are answered; the next ones connect anew. */
  renew(): void {
    for (const reader of this.#readers) reader.renew();
  }

  /** Reads under way are answered. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await Promise.all(this.#readers.map((reader) => reader.close()));
  }
}

export class Reader {
  readonly #parts: ReaderParts;
  #opened: Promise<pg.Client> | undefined;
  #isHolding = false;
  #waitsSince = 0;
  inFlight = 0;

  constructor(parts: ReaderParts) {
    this.#parts = parts;
  }

  get isHeldUp(): boolean {
    return this.inFlight > 0 && performance.now() - this.#waitsSince > heldUpAfterMs;
  }

  async execute(query: WireQuery, values: Values): Promise<Outcome> {
    if (this.inFlight === 0) this.#waitsSince = performance.now();
    this.inFlight++;
    this.#opened ??= this.#open();
    const opened = this.#opened;
    try {
      const client = await opened;
      const outcome = await this.#send(client, query, values).catch((error: unknown) => {
        if (!isOutdated(error)) throw error;
        return this.#send(client, query, values);
      });
      this.#parts.breaker?.answered();
      return outcome;
    } catch (error) {
      this.#parts.breaker?.failed(error);
      if (endsConnection(error)) this.#forget(opened);
      throw error;
    } finally {
      this.inFlight--;
      this.#waitsSince = performance.now();
    }
  }

  renew(): void {
    if (this.#opened) this.#forget(this.#opened);
  }

  async close(): Promise<void> {
    const client = await this.#opened?.catch(() => undefined);
    await client?.end();
  }

  /** What is asked for before the event loop comes round leaves in one packet. */
  #send(client: pg.Client, query: WireQuery, values: Values): Promise<Outcome> {
    if (!this.#isHolding) {
      this.#isHolding = true;
      const { stream } = (client as unknown as { connection: pg.Connection }).connection;
      stream.cork();
      setImmediate(() => {
        this.#isHolding = false;
        stream.uncork();
      });
    }
    return executeOnWire(client, query, values);
  }

  #open(): Promise<pg.Client> {
    const forget = () => this.#forget(opened);
    const opened = this.#parts.logins.open(() => this.#connect(forget));
    opened.catch(forget);
    return opened;
  }

  async #connect(forget: () => void): Promise<pg.Client> {
    const client = new pg.Client({ ...this.#parts.current(), pipeline: true });
    onReadOnly(client, () => setTimeout(forget, readOnlyLifeMs).unref());
    // Without a listener, the loss of an idle connection would end the process.
    client.on('error', () => {});
    await outsideCalls(() => client.connect());
    client.on('error', forget).on('end', forget);
    return client;
  }

  /** The next read opens another one. This one ends when what it was asked is answered. */
  #forget(opened: Promise<pg.Client>): void {
    if (this.#opened !== opened) return;
    this.#opened = undefined;
    opened.then((client) => client.end()).catch(() => {});
  }
}

/** The server says so when the connection is made, and when it changes (not through a pooler). */
function onReadOnly(client: pg.Client, then: () => void): void {
  const { connection } = client as unknown as { connection: pg.Connection };
  connection.on('parameterStatus', ({ parameterName: name, parameterValue: value }: Parameter) => {
    if (/^(in_hot_standby|default_transaction_read_only)$/.test(name) && value === 'on') then();
  });
}

interface Parameter {
  readonly parameterName: string;
  readonly parameterValue: string;
}
