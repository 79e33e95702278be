import type { RequestListener, Server } from 'node:http';
import type { AppRouter } from '@ts-rest/core';
import type { Express } from 'express';
import { contract } from '../contract/index.ts';
import { openApiDocument } from '../contract/openapi.ts';
import packageJson from '../package.json' with { type: 'json' };
import { apiHandlers } from './api.ts';
import { type Config, configurationWarnings } from './config.ts';
import { constraints } from './constraints.ts';
import { recordDenial } from './features/audit/denials.ts';
import { Health } from './features/health/service.ts';
import { AccessTokens } from './platform/auth/access-tokens.ts';
import { Callers } from './platform/auth/callers.ts';
import { createGuard, type Guard } from './platform/auth/guard.ts';
import { KeyRing } from './platform/auth/key-ring.ts';
import { OriginCheck } from './platform/auth/origin.ts';
import { RevocableCache } from './platform/auth/revocable-cache.ts';
import { readSigningKeys } from './platform/auth/signing-keys.ts';
import { type Clock, systemClock } from './platform/clock.ts';
import { createDispatcher } from './platform/http/dispatcher.ts';
import { docsPage } from './platform/http/docs-page.ts';
import { closeServer, createHttpServer } from './platform/http/server.ts';
import { createLog, type Log } from './platform/observability/log.ts';
import {
  createTelemetry,
  type Telemetry,
  type TelemetryOptions,
} from './platform/observability/telemetry.ts';
import { createServices, type Services } from './services.ts';

/** What tests replace: the outside world, never a neighbour. */
export interface Overrides {
  readonly clock?: Clock;
  readonly log?: Log;
  /** Where spans go, instead of the SDK that an operator registered. */
  readonly tracerProvider?: TelemetryOptions['tracerProvider'];
  /** More API beside our own, behind the same doors: how the benchmark brings its endpoints. */
  readonly mount?: (services: Services) => Api;
}

export interface Api {
  readonly contract: AppRouter;
  /** Contract key → handlers, the same shape as the contract. */
  readonly handlers: Record<string, object>;
}

export interface App {
  readonly http: Server;
  /** Answers the metrics to whoever collects them, on a port of its own. */
  readonly metrics: Server;
  /** From now on readiness fails and connections are not kept. */
  drain(): void;
  /** Lets the requests in flight finish, then closes everything. */
  close(): Promise<void>;
}

/** The parts list of the service. Needs a migrated database with a signing key. */
export async function createApp(config: Config, overrides: Overrides = {}): Promise<App> {
  const clock = overrides.clock ?? systemClock;
  const log = overrides.log ?? createLog({ level: config.LOG_LEVEL });
  const services = createServices(config, clock, log);
  const telemetry = createTelemetry({
    sampleRatio: config.TRACE_SAMPLE_RATIO,
    metricsHosts: [config.METRICS_HOST, ...config.METRICS_HOSTS],
    droppedLines: log.droppedLines,
    ...(overrides.tracerProvider && { tracerProvider: overrides.tracerProvider }),
  });
  const stop = new AbortController();
  try {
    const { db, secretKeys } = services;
    const ring = await KeyRing.load(() => readSigningKeys(db, secretKeys, clock.now()), clock);
    services.revocations.onRevoked(({ kind }) => {
      const warn = (err: unknown) => log.warn({ err }, 'the signing keys could not be read yet');
      if (kind === 'keys') ring.reload().catch(warn);
    });
    await services.revocations.start();
    const more = overrides.mount?.(services) ?? { contract: {}, handlers: {} };
    const taken = Object.keys(more.contract).filter((noun) => noun in contract);
    if (taken.length > 0) throw new Error(`${taken.join(', ')} would replace a noun of ours`);
    const listener = assemble({
      config,
      log,
      telemetry,
      services,
      ring,
      more,
      stopping: stop.signal,
    });
    const http = createHttpServer(listener, {
      log,
      publicUrl: config.PUBLIC_URL,
      corsOrigins: config.CORS_ORIGINS,
      isSecure: config.PUBLIC_URL.startsWith('https:'),
      requestTimeoutSeconds: config.REQUEST_TIMEOUT_SECONDS,
    });
    return {
      http,
      metrics: telemetry.metricsServer,
      drain: () => stop.abort(),
      close: async () => {
        stop.abort();
        await closeServer(http);
        await telemetry.close();
        await close(services);
      },
    };
  } catch (error) {
    await telemetry.close();
    await close(services);
    throw error;
  }
}

async function close({ db, revocations }: Services): Promise<void> {
  await revocations.stop();
  await db.destroy();
}

interface Parts {
  readonly config: Config;
  readonly log: Log;
  readonly telemetry: Telemetry;
  readonly services: Services;
  readonly ring: KeyRing;
  readonly more: Api;
  readonly stopping: AbortSignal;
}

function assemble({
  config,
  log,
  telemetry,
  services,
  ring,
  more,
  stopping,
}: Parts): RequestListener {
  const { CORS_ORIGINS: corsOrigins, PUBLIC_URL: publicUrl } = config;
  const accessTokens = new AccessTokens(ring, services.clock, {
    issuer: publicUrl,
    lifetimeSeconds: config.ACCESS_TOKEN_SECONDS,
    verified: new RevocableCache({
      revocations: services.revocations,
      capacity: config.CALLER_CACHE_SIZE,
      voidedBy: 'keys',
    }),
  });
  const handlers = apiHandlers({
    ...services,
    auth: { ...services, accessTokens },
    health: new Health({
      ...services,
      version: packageJson.version,
      configurationWarnings: configurationWarnings(config),
      isDraining: () => stopping.aborted,
    }),
    ring,
  });
  return createDispatcher({
    contract: { ...contract, ...more.contract },
    handlers: { ...handlers, ...more.handlers },
    guard: createRequestGuard(services, accessTokens, config),
    bodyLimitBytes: config.BODY_LIMIT_BYTES,
    limits: {
      address: config.RATE_LIMIT_PER_MINUTE,
      credentials: config.RATE_LIMIT_CREDENTIALS_PER_MINUTE,
      write: config.RATE_LIMIT_WRITE_PER_MINUTE,
      read: config.RATE_LIMIT_READ_PER_MINUTE,
    },
    corsOrigins,
    isSecure: publicUrl.startsWith('https:'),
    trustProxy: config.TRUST_PROXY,
    mountPages: (app) => mountPages(app, publicUrl),
    publicUrl,
    constraints,
    onRefused: (request, refusal) => recordDenial(services.audit, request, refusal),
    log,
    telemetry,
    slowRequestMs: config.SLOW_REQUEST_MS,
    stopping,
  });
}

function createRequestGuard(
  { clock, sessions, revocations }: Services,
  accessTokens: AccessTokens,
  config: Config,
): Guard {
  const callers = new Callers({
    sessions,
    revocations,
    clock,
    capacity: config.CALLER_CACHE_SIZE,
  });
  const origins = new OriginCheck(config.PUBLIC_URL, config.CORS_ORIGINS);
  return createGuard({ clock, sessions, callers, accessTokens, origins });
}

/** Readers refuse a document that sends them to `localhost`; `/` is where it was fetched. */
function addressIn(publicUrl: string): string {
  return new URL(publicUrl).hostname === 'localhost' ? '/' : publicUrl;
}

/** The few routes that are not API. */
function mountPages(app: Express, publicUrl: string): void {
  let document: Promise<string> | undefined;
  app.get('/', (_req, res) => res.redirect('/docs'));
  app.use('/docs', docsPage({ publicUrl }));
  app.get('/api/v1/openapi.json', async (_req, res) => {
    document ??= openApiDocument(addressIn(publicUrl)).then(
      (made) => `${JSON.stringify(made, null, 2)}\n`,
    );
    res.type('application/json').send(await document);
  });
}
