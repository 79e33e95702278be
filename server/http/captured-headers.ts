import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import cors from 'cors';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { exposedHeaders } from '../../contract/kit/headers.ts';
import type { HttpConfig } from '../config/http.ts';

type HeaderOptions = Pick<HttpConfig, 'corsOrigins' | 'isSecure'>;

/** Name, value, name, value …, as `writeHead` takes them. */
export type FlatHeaders = readonly string[];

/** What the headers of an answer depend on: who asks from where, and whether it asks in advance. */
interface RequestHead {
  readonly method?: string | undefined;
  readonly headers: Record<string, string | string[] | undefined> & { origin?: string | undefined };
}

/**
 * helmet's and cors's own output, captured once for each origin that may ask: they answer the
 * same to every request. Only a preflight is asked of `cors` itself, for it echoes what was sent.
 */
export function captureHeaders(options: HeaderOptions): (request: RequestHead) => FlatHeaders {
  const security = captured(securityHeaders(options.isSecure), { headers: {} });
  const origins = crossOrigin(options.corsOrigins);
  const captureFor = (request: RequestHead) => [...security, ...captured(origins, request)];
  const forOthers = captureFor({ headers: {} });
  const forOrigin = new Map(
    options.corsOrigins.map((origin) => [origin, captureFor({ headers: { origin } })]),
  );
  return (request) => {
    if (request.method === 'OPTIONS') return captureFor(request);
    const { origin } = request.headers;
    return (origin !== undefined && forOrigin.get(origin)) || forOthers;
  };
}

/** Runs a middleware on a response that nobody sees. */
function captured(middleware: RequestHandler, { method = 'GET', headers }: RequestHead): string[] {
  const req = Object.assign(new IncomingMessage(new Socket()), { method, headers });
  const res = new ServerResponse(req);
  middleware(req as never, res as never, () => {});
  return Object.entries(res.getHeaders()).flatMap(([name, value]) => [
    properCase(name),
    String(value),
  ]);
}

/** `x-frame-options` → `X-Frame-Options`: names are the same in any case, and look familiar so. */
function properCase(name: string): string {
  return name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
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
  }) as RequestHandler;
}

function crossOrigin(origins: readonly string[]): RequestHandler {
  return cors({
    origin: [...origins],
    credentials: true,
    exposedHeaders,
    maxAge: 600,
    // The routes answer OPTIONS themselves, with `Allow`; an unknown address is none here either.
    preflightContinue: true,
  });
}
