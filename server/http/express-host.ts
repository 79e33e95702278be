import type { ServerResponse } from 'node:http';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import type { Platform } from '../platform/platform.ts';
import { problem } from '../platform/problem-error.ts';
import type { Exchange } from './exchange.ts';
import type { Refuse } from './problem-reply.ts';
import { assertAcceptable } from './request-head.ts';

/** Express, host of everything outside the contract, behind the same edge as the contract. */
export function hostOf(
  { config, stopping }: Pick<Platform, 'config' | 'stopping'>,
  mountPages: (app: Express) => void,
  refuse: Refuse,
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
  app.use((error: unknown, req: Request, _res: Response, _next: NextFunction) =>
    refuse(exchanges.get(req) as Exchange, error),
  );
  return (exchange) => {
    const { req, res } = exchange;
    const headers = exchange.flatHeaders();
    exchanges.set(req, exchange);
    for (let at = 0; at < headers.length; at += 2) {
      res.setHeader(headers[at] as string, headers[at + 1] as string);
    }
    close(res);
    app(req, res);
  };
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
