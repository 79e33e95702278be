import { randomUUIDv7 } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { type Client, createClient } from '../../client/index.ts';
import type { Attempt, Book } from './acknowledged.ts';
import { sending } from './credentials.ts';

export interface LoadOptions {
  readonly url: string;
  /** What proves who calls: may read and manage accounts, for as long as the load runs. */
  readonly headers: Readonly<Record<string, string>>;
  readonly book: Book;
  readonly callers?: number;
  /** How long a caller waits after a refusal. */
  readonly pauseMs?: number;
  /** Accounts that are created get a link by mail. */
  readonly withMail?: boolean;
  readonly fetch?: typeof fetch;
}

/** What the callers saw since they were last asked. */
export interface Seen {
  readonly statuses: Readonly<Record<string, number>>;
  /** Milliseconds until the answer, by status; each list is sorted. */
  readonly durations: ReadonlyMap<string, readonly number[]>;
}

/** `no answer`: the connection broke. */
export const noAnswer = 'no answer';

/**
 * Callers that create accounts, rename them, read one and list some, one call after the other, until
 * they are told to stop. Every change goes into the book.
 */
export class MixedLoad {
  readonly #options: LoadOptions;
  readonly #running: Promise<void>[];
  #durations = new Map<string, number[]>();
  #isStopped = false;
  total = 0;

  constructor(options: LoadOptions) {
    this.#options = options;
    const { callers = 8 } = options;
    this.#running = Array.from({ length: callers }, () => this.#call());
  }

  /** What was seen since the last time. */
  seen(): Seen {
    const durations = this.#durations;
    this.#durations = new Map();
    for (const list of durations.values()) list.sort((one, other) => one - other);
    const counts = [...durations].map(([status, { length }]) => [status, length] as const);
    return { statuses: Object.fromEntries(counts), durations };
  }

  async stop(): Promise<Seen> {
    this.#isStopped = true;
    await Promise.all(this.#running);
    return this.seen();
  }

  async #call(): Promise<void> {
    while (!this.#isStopped) await this.#liveOf(`load-${randomUUIDv7()}`);
  }

  /** An account from its creation on. Where that is refused, another one follows. */
  async #liveOf(username: string): Promise<void> {
    const { book, withMail = false } = this.#options;
    let userId = '';
    const email = `${username}@example.com`;
    const body = { username, email, fullName: '0', sendPasswordLink: withMail };
    const created = await book.change(
      { operation: 'usersCreate', step: 0, username },
      async (attempt) => {
        const answer = await this.#asked(
          ({ users }) => users.create({ body }, { idempotencyKey: attempt.idempotencyKey }),
          attempt,
        );
        if (answer.ok) userId = answer.body.id;
        return answer;
      },
    );
    if (created !== 'acknowledged') return;
    for (let step = 1; step <= 4 && !this.#isStopped; step += 1) {
      await book.change({ operation: 'usersUpdate', step, username }, (attempt) =>
        this.#asked(
          ({ users }) => users.update({ userId, body: { fullName: String(step) } }),
          attempt,
        ),
      );
      await this.#asked(({ users }) => users.get({ userId })).catch(() => {});
      await this.#asked(({ users }) => users.list({ limit: 5 })).catch(() => {});
      await this.#asked(({ health }) => health.liveness()).catch(() => {});
    }
  }

  /** @throws where there was no answer. */
  async #asked<Answer extends { readonly status: number }>(
    call: (client: Client) => Promise<Answer>,
    attempt?: Attempt,
  ): Promise<Answer> {
    const { url, headers, pauseMs = 50, fetch } = this.#options;
    const credentials = sending({ ...headers, ...attempt?.headers });
    const client = createClient({ baseUrl: url, credentials, ...(fetch && { fetch }) });
    const startedAt = performance.now();
    let status: string = noAnswer;
    try {
      const answer = await call(client);
      status = String(answer.status);
      return answer;
    } finally {
      this.#note(status, performance.now() - startedAt);
      if (!status.startsWith('2')) await pause(pauseMs);
    }
  }

  #note(status: string, durationMs: number): void {
    this.total += 1;
    const list = this.#durations.get(status) ?? [];
    this.#durations.set(status, list);
    list.push(durationMs);
  }
}
