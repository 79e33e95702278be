import { randomUUIDv7 } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import cors from 'cors';
import type { NextFunction, Request, RequestHandler, Response } from 'express';
import helmet from 'helmet';
import type { Log } from '../observability/log.ts';
import { getRequestContext, runInRequest } from '../observability/request-context.ts';
import { endServerSpan, startServerSpan } from '../observability/telemetry.ts';
import { problem } from '../problem-error.ts';
import { limitByAddress } from './limits.ts';

export interface EdgeOptions {
  readonly log: Log;
  readonly corsOrigins: readonly string[];
  readonly isSecure: boolean;
  readonly requestsPerMinute: number;
  /** Aborted when the service begins to stop. */
  readonly stopping: AbortSignal;
}

/** What every request passes first, in this order. */
export function edge(options: EdgeOptions): RequestHandler[] {
  return [
    identify,
    observe(options.log),
    securityHeaders(options.isSecure),
    crossOrigin(options.corsOrigins),
    closeWhen(options.stopping),
    limitByAddress(options.requestsPerMinute),
    oneHost,
  ];
}

const requestIdHeader = 'X-Request-Id';
const saneRequestId = /^[\w.:-]{8,128}$/;

/** Gives the request its id and its context; a sane incoming id is kept. */
function identify(req: Request, res: Response, next: NextFunction): void {
  const incoming = req.get(requestIdHeader);
  const id = incoming !== undefined && saneRequestId.test(incoming) ? incoming : randomUUIDv7();
  res.setHeader(requestIdHeader, id);
  const context = {
    id,
    method: req.method,
    address: req.ip ?? '',
    userAgent: req.get('user-agent') ?? null,
    startedAt: performance.now(),
    span: startServerSpan(req.method, req.headers),
  };
  runInRequest(context, next);
}

/** One access line per request, with the route template: no query string, no body. */
function observe(log: Log): RequestHandler {
  return (_req, res, next) => {
    const context = getRequestContext();
    res.once('close', () => {
      const { method, operation, span, startedAt } = context;
      const ms = performance.now() - startedAt;
      const route = operation?.route.path;
      // A connection that closed before the answer was complete is the caller's, as nginx's 499.
      const status = res.writableFinished ? res.statusCode : 499;
      endServerSpan(span, { method, route, status, seconds: ms / 1000 });
      log.info(
        {
          requestId: context.id,
          ...(context.actor && { actorId: context.actor.id }),
          method,
          route: route ?? null,
          operation: operation?.name ?? null,
          status,
          durationMs: Math.round(ms * 10) / 10,
        },
        'request',
      );
    });
    next();
  };
}

/** An API answers data, never a page: nothing may be loaded, framed or sniffed from it. */
function securityHeaders(isSecure: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    strictTransportSecurity: isSecure && { maxAge: 31_536_000, includeSubDomains: true },
    referrerPolicy: { policy: 'no-referrer' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  });
}

function crossOrigin(origins: readonly string[]): RequestHandler {
  return cors({
    origin: [...origins],
    credentials: true,
    exposedHeaders: [requestIdHeader, 'Retry-After', 'RateLimit', 'RateLimit-Policy'],
    maxAge: 600,
    // The routes answer OPTIONS themselves, with `Allow`; an unknown address is none here either.
    preflightContinue: true,
  });
}

/** A kept connection would outlive the process: while it stops, every answer is the last one. */
function closeWhen(stopping: AbortSignal): RequestHandler {
  const inFlight = new Set<Response>();
  stopping.addEventListener('abort', () => {
    for (const res of inFlight) res.shouldKeepAlive = false;
  });
  return (_req, res, next) => {
    if (stopping.aborted) res.shouldKeepAlive = false;
    inFlight.add(res);
    res.once('close', () => inFlight.delete(res));
    next();
  };
}

/** RFC 9112, 3.2: two servers on the way must not read two hosts out of one request. */
function oneHost(req: Request, _res: Response, next: NextFunction): void {
  const hosts = req.headersDistinct.host?.length ?? 0;
  if (hosts !== 1 && (hosts > 1 || req.httpVersion === '1.1')) throw problem('malformed_request');
  next();
}

/** 406 when the caller rules JSON out. */
export function acceptable(req: Request, _res: Response, next: NextFunction): void {
  if (!req.accepts('application/json', 'application/problem+json')) throw problem('not_acceptable');
  next();
}
