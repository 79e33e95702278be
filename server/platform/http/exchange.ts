import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import { parse as parseQuery } from 'node:querystring';
import type { Operation } from '../../../contract/kit/operations.ts';
import type { Actor } from '../auth/actor.ts';
import type { RequestContext } from '../observability/request-context.ts';

export interface ExchangeParts {
  readonly id: string;
  readonly address: string;
  /** Name, value, name, value …: what every answer carries. The exchange adds its own to it. */
  readonly headers: string[];
  /** Aborted when the service begins to stop. */
  readonly stopping: AbortSignal;
}

/**
 * One request and its answer: the context of everything that happens meanwhile, and at the same
 * time request and response in the shape that ts-rest expects of Express. Its own response leaves
 * in one write; Express's would cost more than all the rest of the walk.
 */
export class Exchange implements RequestContext {
  readonly id: string;
  readonly address: string;
  readonly startedAt = performance.now();
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** As sent, up to the question mark. */
  readonly path: string;
  readonly search: string;
  operation: Operation | undefined = undefined;
  actor: Actor | undefined = undefined;
  span: RequestContext['span'] = undefined;
  traceId: string | undefined = undefined;

  params: Readonly<Record<string, string>> = noParams;
  query: Readonly<Record<string, unknown>> = noParams;
  body: unknown = undefined;

  /** Whatever is personal or a credential stays out of shared and private caches alike. */
  cacheControl = 'no-store';

  readonly #replyHeaders: string[];
  readonly #stopping: AbortSignal;
  #rateLimit = '';
  #rateLimitPolicy = '';
  #status = 200;

  constructor(req: IncomingMessage, res: ServerResponse, parts: ExchangeParts) {
    this.req = req;
    this.res = res;
    this.id = parts.id;
    this.address = parts.address;
    this.#replyHeaders = parts.headers;
    this.#stopping = parts.stopping;
    const target = targetOf(req.url ?? '/');
    const mark = target.indexOf('?');
    this.path = mark === -1 ? target : target.slice(0, mark);
    this.search = mark === -1 ? '' : target.slice(mark + 1);
    if (this.search !== '') this.query = parseQuery(this.search);
  }

  get method(): string {
    return this.req.method ?? 'GET';
  }

  /** For ts-rest, which copies all of them even where the contract declares none. */
  get headers(): IncomingHttpHeaders {
    return this.operation?.route.headers === undefined ? noParams : this.req.headers;
  }

  get userAgent(): string | null {
    return this.req.headers['user-agent'] ?? null;
  }

  /** Adds a header to the answer. */
  setHeader(name: string, value: string): void {
    this.#replyHeaders.push(name, value);
  }

  /** A limit that this request counted against: all of them leave as one list each. */
  addLimit(state: string, policy: string): void {
    const comma = this.#rateLimit === '' ? '' : ', ';
    this.#rateLimit += comma + state;
    this.#rateLimitPolicy += comma + policy;
  }

  /** Name, value, name, value …: everything that was added so far. */
  flatHeaders(): string[] {
    if (this.#rateLimit !== '') {
      this.setHeader('RateLimit', this.#rateLimit);
      this.setHeader('RateLimit-Policy', this.#rateLimitPolicy);
      this.#rateLimit = '';
      this.#rateLimitPolicy = '';
    }
    return this.#replyHeaders;
  }

  status(status: number): this {
    this.#status = status;
    return this;
  }

  json(body: unknown): void {
    // First what may fail: a header that was added stays for the refusal.
    const text = JSON.stringify(body);
    this.setHeader('Content-Type', 'application/json; charset=utf-8');
    this.send(text);
  }

  send(body: string): void {
    this.setHeader('Content-Length', String(Buffer.byteLength(body)));
    this.#head();
    this.res.end(body);
  }

  end(): void {
    this.#head();
    this.res.end();
  }

  #head(): void {
    this.setHeader('Cache-Control', this.cacheControl);
    // A kept connection would outlive the process: while it stops, every answer is the last one.
    if (this.#stopping.aborted) this.res.shouldKeepAlive = false;
    this.res.writeHead(this.#status, this.flatHeaders());
  }
}

const noParams = Object.freeze({});

/** RFC 9112, 3.2.2: a server takes the absolute form, too; the host is not ours to compare. */
function targetOf(url: string): string {
  if (url.startsWith('/') || !URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return pathname + search;
}
