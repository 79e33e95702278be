import { Pool } from 'undici';

export interface LoadRequest {
  /** As the contract calls it, such as `me.get`. */
  readonly operation: string;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The status of a good answer. */
  readonly expected: number;
}

/** What came of a request. Instants are those of `performance.now()`. */
export interface Sent {
  /** The status, or in words why there is none. */
  readonly seen: number | string;
  /** When it left; for one that never did, when it was given up. */
  readonly sentAt: number;
  readonly endedAt: number;
}

interface Waiting {
  readonly request: LoadRequest;
  readonly deadline: number;
  readonly settle: (sent: Sent) => void;
}

interface UnderWay {
  readonly deadline: number;
  readonly giveUp: () => void;
}

export const timedOut = 'no answer in time';

/**
 * Sends over a number of connections that stay. Whoever finds none free waits, and so does whoever
 * comes to a service that hangs; each has the same time from when it was due.
 */
export class Sender {
  readonly #pool: Pool;
  readonly #timeoutMs: number;
  readonly #waiting: Waiting[] = [];
  readonly #underWay = new Set<UnderWay>();
  readonly #sweep: NodeJS.Timeout;
  #free: number;

  constructor(origin: string, options: { connections: number; timeoutMs: number }) {
    // Its own timeouts are off: they begin when a request is sent.
    this.#pool = new Pool(origin, {
      connections: options.connections,
      headersTimeout: 0,
      bodyTimeout: 0,
      connectTimeout: options.timeoutMs,
    });
    this.#free = options.connections;
    this.#timeoutMs = options.timeoutMs;
    this.#sweep = setInterval(() => this.#giveUpLate(), 50);
  }

  /** Resolves in any case. */
  send(request: LoadRequest, dueAt = performance.now()): Promise<Sent> {
    return new Promise((settle) => {
      const waiting = { request, deadline: dueAt + this.#timeoutMs, settle };
      if (this.#free > 0) this.#start(waiting);
      else this.#waiting.push(waiting);
    });
  }

  async close(): Promise<void> {
    clearInterval(this.#sweep);
    await this.#pool.destroy();
  }

  #start({ request, deadline, settle }: Waiting): void {
    this.#free -= 1;
    const sentAt = performance.now();
    let status = 0;
    let abort: ((reason: Error) => void) | undefined;
    const end = (seen: number | string) => {
      if (!this.#underWay.delete(underWay)) return;
      this.#free += 1;
      settle({ seen, sentAt, endedAt: performance.now() });
      this.#next();
    };
    const underWay: UnderWay = {
      deadline,
      giveUp: () => {
        end(timedOut);
        abort?.(new Error(timedOut));
      },
    };
    this.#underWay.add(underWay);
    const { method, path, headers, body = null } = request;
    this.#pool.dispatch(
      { method: method as 'GET', path, headers, body },
      {
        onRequestStart: (controller) => {
          abort = (reason) => controller.abort(reason);
          // Given up while it waited for its connection.
          if (!this.#underWay.has(underWay)) controller.abort(new Error(timedOut));
        },
        onResponseStart: (_controller, statusCode) => {
          status = statusCode;
        },
        onResponseData: () => {},
        onResponseEnd: () => end(status),
        onResponseError: (_controller, error) => end(failureOf(error)),
      },
    );
  }

  #next(): void {
    while (this.#free > 0) {
      const waiting = this.#waiting.shift();
      if (!waiting) return;
      const now = performance.now();
      if (now < waiting.deadline) this.#start(waiting);
      else waiting.settle({ seen: timedOut, sentAt: now, endedAt: now });
    }
  }

  #giveUpLate(): void {
    const now = performance.now();
    // Both are in the order in which they were due, nearly.
    while (this.#waiting[0] && this.#waiting[0].deadline <= now) {
      this.#waiting.shift()?.settle({ seen: timedOut, sentAt: now, endedAt: now });
    }
    for (const { deadline, giveUp } of this.#underWay) {
      if (deadline <= now) giveUp();
    }
  }
}

const words: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nobody listens',
  ENOTFOUND: 'no such host',
  ECONNRESET: 'connection lost',
  EPIPE: 'connection lost',
  UND_ERR_SOCKET: 'connection lost',
  UND_ERR_CONNECT_TIMEOUT: 'no connection in time',
};

function failureOf(error: Error): string {
  const { code } = error as NodeJS.ErrnoException;
  return (code && words[code]) || code || error.message;
}
