import type { IncomingMessage, ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import type { Operation } from '../../contract/kit/operations.ts';
import type { Preconditions } from '../operations/entity-tags.ts';
import type { Call } from '../operations/perform.ts';
import type { HandlerReply } from '../operations/reply.ts';
import type { Actor } from '../platform/auth/actor.ts';
import type { Presented } from '../platform/auth/guard.ts';
import { validateHeaderValue } from '../platform/node-http.ts';
import type { StepTimes } from '../platform/observability/step-times.ts';
import { unavailableSeconds } from '../platform/problem-error.ts';
import type { FlatHeaders } from './reply-headers.ts';
import { parseUrlEncoded } from './url-encoded.ts';

export interface ExchangeParts {
  readonly id: string;
  readonly address: string;
  /** What every answer carries. */
  readonly fixedHeaders: FlatHeaders;
  /** Aborted when the service begins to stop. */
  readonly stopping: AbortSignal;
  readonly times: StepTimes | undefined;
}

/** What belongs to an answer in HTTP alone. */
interface Sent {
  /** Whatever is personal or a credential stays out of shared and private caches alike. */
  readonly cacheControl?: string | undefined;
  /** Besides `Origin`, which stands on every answer. */
  readonly vary?: string | undefined;
  readonly contentType?: string;
  /** The address of what was created. */
  readonly location?: string | undefined;
}

/**
 * One request and its answer: the call that HTTP brings, and the context of everything that happens
 * meanwhile. Its answer leaves in one write; Express's would cost more than all the rest of the walk.
 */
export class Exchange implements Call {
  readonly origin = 'http';
  readonly id: string;
  readonly address: string;
  readonly startedAt = performance.now();
  readonly times: StepTimes | undefined;
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** As sent, up to the question mark. */
  readonly path: string;
  readonly search: string;
  readonly query: Readonly<Record<string, unknown>>;
  operation: Operation | undefined = undefined;
  errors: Operation['errors'] = undefined;
  /** The address, where it is neither an operation's nor unknown. */
  route: string | undefined = undefined;
  /** Names of the operations that another way in performed for this request. */
  performed: ReadonlySet<string> | undefined = undefined;
  actor: Actor | undefined = undefined;
  span: Call['span'] = undefined;
  traceId: string | undefined = undefined;
  /** Half of the answer had left when we failed: its connection is torn. */
  isTorn = false;
  /** An answer without an end has begun: from here on its time is no waiting time. */
  opened: () => void = () => {};

  readonly #fixedHeaders: FlatHeaders;
  readonly #ownHeaders: string[] = [];
  readonly #stopping: AbortSignal;
  #rateLimit = '';
  #rateLimitPolicy = '';

  constructor(req: IncomingMessage, res: ServerResponse, parts: ExchangeParts) {
    this.req = req;
    this.res = res;
    this.id = parts.id;
    this.address = parts.address;
    this.#fixedHeaders = parts.fixedHeaders;
    this.#stopping = parts.stopping;
    this.times = parts.times;
    const target = targetOf(req.url ?? '/');
    const mark = target.indexOf('?');
    this.path = mark === -1 ? target : target.slice(0, mark);
    this.search = mark === -1 ? '' : target.slice(mark + 1);
    this.query = this.search === '' ? none : parseUrlEncoded(this.search);
  }

  get method(): string {
    return this.req.method ?? 'GET';
  }

  get presented(): Presented {
    return this.req.headers;
  }

  get preconditions(): Preconditions {
    return this.req.headers;
  }

  get userAgent(): string | null {
    return this.req.headers['user-agent'] ?? null;
  }

  /** Adds a header to the answer. */
  addHeader(name: string, value: string): void {
    this.#ownHeaders.push(name, value);
  }

  /** A limit that this request counted against: all of them leave as one list each. */
  addLimit(state: string, policy: string): void {
    const comma = this.#rateLimit === '' ? '' : ', ';
    this.#rateLimit += comma + state;
    this.#rateLimitPolicy += comma + policy;
  }

  /** Everything that was added so far, without what every answer carries. */
  ownHeaders(): FlatHeaders {
    if (this.#rateLimit !== '') {
      this.addHeader('RateLimit', this.#rateLimit);
      this.addHeader('RateLimit-Policy', this.#rateLimitPolicy);
      this.#rateLimit = '';
      this.#rateLimitPolicy = '';
    }
    return this.#ownHeaders;
  }

  /**
   * Answers in one write. What may fail fails before anything is added or written: then a refusal
   * can still be sent.
   */
  send(reply: HandlerReply, { contentType = json, ...sent }: Sent = {}): void {
    const { body } = reply;
    const text = reply.text ?? (body === undefined ? undefined : JSON.stringify(body));
    if (text === undefined) this.sendHead(reply, sent, nothing);
    else {
      const length = String(Buffer.byteLength(text));
      this.sendHead(reply, sent, ['Content-Type', contentType, 'Content-Length', length]);
    }
    this.res.end(text);
  }

  /** Status and headers alone; `content` says what follows. */
  sendHead(
    { status, headers = none, cookies = noCookies }: HandlerReply,
    { cacheControl = 'no-store', vary, location }: Omit<Sent, 'contentType'>,
    content: FlatHeaders,
  ): void {
    const added = Object.entries(headers);
    for (const [name, value] of added) validateHeaderValue(name, value);
    for (const cookie of cookies) validateHeaderValue('Set-Cookie', cookie);
    for (const [name, value] of added) this.addHeader(name, value);
    for (const cookie of cookies) this.addHeader('Set-Cookie', cookie);
    if (location !== undefined) this.addHeader('Location', location);
    // A report of bad health says when to come back, as every 503 does.
    if (status === 503 && !headers['Retry-After']) this.addHeader('Retry-After', retryAfter);
    this.#ownHeaders.push(...content);
    // What went wrong is kept by nobody, though it was declared as an answer.
    const isGood = status < 400;
    this.addHeader('Cache-Control', isGood ? cacheControl : 'no-store');
    if (isGood && vary !== undefined) this.addHeader('Vary', vary);
    if (this.times) this.addHeader('Server-Timing', String(this.times));
    // A kept connection would outlive the process: while it stops, every answer is the last one.
    if (this.#stopping.aborted) this.res.shouldKeepAlive = false;
    this.res.writeHead(status, this.#fixedHeaders.concat(this.ownHeaders()));
  }
}

const retryAfter = String(unavailableSeconds);
const json = 'application/json; charset=utf-8';
const nothing: FlatHeaders = Object.freeze([]);
const noCookies: readonly string[] = Object.freeze([]);
const none: Readonly<Record<string, string>> = Object.freeze({});

/** RFC 9112, 3.2.2: a server takes the absolute form, too; the host is not ours to compare. */
function targetOf(url: string): string {
  if (url.startsWith('/') || !URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return pathname + search;
}
