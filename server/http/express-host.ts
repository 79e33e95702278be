import type { ServerResponse } from 'node:http';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { Platform } from '../platform/platform.ts';
import { problem } from '../platform/problem-error.ts';
import type { Exchange } from './exchange.ts';
import type { Refuse } from './problem-reply.ts';
import type { FlatHeaders, ReplyHeaders } from './reply-headers.ts';
import { assertAcceptable } from './request-head.ts';

export interface HostParts {
  readonly mountPages: (app: Express) => void;
  readonly refuse: Refuse;
  readonly headers: Pick<ReplyHeaders, 'page'>;
}

/** Express, host of everything outside the contract, behind the same edge as the contract. */
export function hostOf(
  { config, stopping }: Pick<Platform, 'config' | 'stopping'>,
  { mountPages, refuse, headers }: HostParts,
): (exchange: Exchange) => void {
  const exchanges = new WeakMap<object, Exchange>();
  const close = closeWhen(stopping);
  const app = express().disable('x-powered-by').disable('etag');
  app.set('query parser', 'simple').set('trust proxy', config.http.trustProxy);
  // One address for one thing, to the letter.
  app.enable('case sensitive routing').enable('strict routing');
  mountPages(app);
  app.use(['/api', '/.well-known'], (req: Request, _res: Response, next: NextFunction) => {
    assertAcceptable(req);
    next();
  });
  app.use(() => {
    throw problem('not_found', { detail: 'There is nothing at this address.' });
  });
  app.use((error: unknown, req: Request, res: Response, _next: NextFunction) => {
    clearHeaders(res);
    return refuse(exchanges.get(req) as Exchange, error);
  });
  return (exchange) => {
    const { req, res } = exchange;
    exchanges.set(req, exchange);
    setHeaders(res, headers.page(req));
    setHeaders(res, exchange.ownHeaders());
    close(res);
    app(req, res);
  };
}

function setHeaders(res: ServerResponse, flat: FlatHeaders): void {
  for (let at = 0; at < flat.length; at += 2) {
    res.setHeader(flat[at] as string, flat[at + 1] as string);
  }
}

/** A refusal takes the place of the page, and has headers of its own. */
function clearHeaders(res: ServerResponse): void {
  if (res.headersSent) return;
  for (const name of res.getHeaderNames()) res.removeHeader(name);
}

/** A kept connection would outlive the process: while it stops, every answer is the last one. */
function closeWhen(stopping: AbortSignal): (res: ServerResponse) => void {
  const inFlight = new Set<ServerResponse>();
  stopping.addEventListener('abort', () => {
    for (const res of inFlight) res.shouldKeepAlive = false;
  });
  return (res) => {
    if (stopping.aborted) res.shouldKeepAlive = false;
    inFlight.add(res);
    res.once('close', () => inFlight.delete(res));
  };
}
