import { Socket } from 'node:net';
import cors from 'cors';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { exposedHeaders, requestIdHeader } from '../../contract/kit/headers.ts';
import type { HttpConfig } from '../config/http.ts';
import { IncomingMessage, ServerResponse } from '../platform/node-http.ts';

type HeaderOptions = Pick<
  HttpConfig,
  'corsOrigins' | 'isSecure' | 'hstsSeconds' | 'pageSources' | 'requestIdHeader'
>;

/** Name, value, name, value …, as `writeHead` takes them. */
export type FlatHeaders = readonly string[];

/** What the headers of an answer depend on: who asks from where, and whether it asks in advance. */
interface RequestHead {
  readonly method?: string | undefined;
  readonly headers: Record<string, string | string[] | undefined> & { origin?: string | undefined };
}

/** The headers that everything carries, whatever it says: made once, at start. */
export interface ReplyHeaders {
  /** Of an answer of the API, refusals included. */
  readonly data: (request: RequestHead) => FlatHeaders;
  /** Of a page, and of whatever else Express serves. */
  readonly page: (request: RequestHead) => FlatHeaders;
}

export function replyHeaders(options: HeaderOptions): ReplyHeaders {
  return {
    data: capture(options, helmet(forData(options))),
    page: capture(options, helmet(forPages(options))),
  };
}

/**
 * What means something for data that no browser renders, after the OWASP REST Security Cheat Sheet;
 * the rest is switched off (decision 0034).
 */
function forData(options: HeaderOptions) {
  return {
    ...forAll(options),
    contentSecurityPolicy: {
      useDefaults: false,
      // A file that is opened in a browser is in no origin, and nothing runs in it.
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], sandbox: [] },
    },
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    referrerPolicy: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  };
}

/**
 * Only what a page needs, from us and from where the operator says: injected markup could load
 * nothing from elsewhere, and send nothing there.
 */
function forPages(options: HeaderOptions) {
  const from = (...more: string[]) => ["'self'", ...more, ...options.pageSources];
  return {
    ...forAll(options),
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: from(),
        styleSrc: from(),
        imgSrc: from('data:'),
        fontSrc: from(),
        connectSrc: from(),
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'no-referrer' },
  } as const;
}

function forAll({ isSecure, hstsSeconds }: HeaderOptions) {
  return {
    strictTransportSecurity: isSecure && { maxAge: hstsSeconds, includeSubDomains: true },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    xFrameOptions: { action: 'deny' },
  } as const;
}

/**
 * helmet's and cors's own output, captured once for each origin that may ask: they answer the
 * same to every request. Only a preflight is asked of `cors` itself, for it echoes what was sent.
 */
function capture(options: HeaderOptions, helmet: unknown): (request: RequestHead) => FlatHeaders {
  const security = captured(helmet as RequestHandler, { headers: {} });
  const origins = crossOrigin(options);
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

function crossOrigin({ corsOrigins, requestIdHeader: ours }: HeaderOptions): RequestHandler {
  return cors({
    origin: [...corsOrigins],
    credentials: true,
    exposedHeaders: exposedHeaders.map((name) => (name === requestIdHeader ? ours : name)),
    maxAge: 600,
    // The routes answer OPTIONS themselves, with `Allow`; an unknown address is none here either.
    preflightContinue: true,
  });
}
