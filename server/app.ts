import type { Server } from 'node:http';
import express, { type Express } from 'express';
import { contract } from '../contract/index.ts';
import { openApiDocument } from '../contract/openapi.ts';
import { apiHandlers } from './api.ts';
import type { Config } from './config.ts';
import { findActor } from './features/auth/actors.ts';
import type { SignInPolicy } from './features/auth/parts.ts';
import { Health } from './features/health/service.ts';
import { userConstraints } from './features/users/model.ts';
import { Users } from './features/users/service.ts';
import packageJson from '../package.json' with { type: 'json' };
import { AccessTokens } from './platform/auth/access-tokens.ts';
import { createGuard } from './platform/auth/guard.ts';
import { OriginCheck } from './platform/auth/origin.ts';
import { Passwords } from './platform/auth/passwords.ts';
import { type SessionOptions, Sessions } from './platform/auth/sessions.ts';
import { KeyRing } from './platform/auth/signing-keys.ts';
import { type Clock, daySeconds, hourSeconds, systemClock } from './platform/clock.ts';
import { connect } from './platform/db/connect.ts';
import { mountContract } from './platform/http/dispatcher.ts';
import { docsPage } from './platform/http/docs-page.ts';
import { acceptable, edge } from './platform/http/edge.ts';
import { answerProblems } from './platform/http/problem-reply.ts';
import { createHttpServer } from './platform/http/server.ts';
import { createLog, type Log } from './platform/observability/log.ts';
import { problem } from './platform/problem-error.ts';
import { SecretKeys } from './platform/secrets/secret-keys.ts';

/** What tests replace: the outside world, never a neighbour. */
export interface Overrides {
  readonly clock?: Clock;
  readonly log?: Log;
}

export interface App {
  readonly http: Server;
  /** From now on readiness fails and connections are not kept. */
  drain(): void;
  /** Lets the requests in flight finish, then closes everything. */
  close(): Promise<void>;
}

/** The parts list of the service. Needs a migrated database with a signing key. */
export async function createApp(config: Config, overrides: Overrides = {}): Promise<App> {
  const clock = overrides.clock ?? systemClock;
  const log = overrides.log ?? createLog({ level: config.LOG_LEVEL });
  const state = { isDraining: false };

  const db = connect({
    url: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL_SIZE,
    statementTimeoutMs: config.DATABASE_STATEMENT_TIMEOUT_MS,
  });
  const secretKeys = new SecretKeys(config.SECRET_KEYS);
  const ring = await KeyRing.load(db, secretKeys, clock).catch(async (error: unknown) => {
    await db.destroy();
    throw error;
  });

  const isSecure = config.PUBLIC_URL.startsWith('https:');
  const passwords = new Passwords();
  const sessions = new Sessions(db, clock, sessionOptions(config, isSecure));
  const accessTokens = new AccessTokens(ring, clock, {
    issuer: config.PUBLIC_URL,
    lifetimeSeconds: config.ACCESS_TOKEN_SECONDS,
  });
  const policy = signInPolicy(config);
  const users = new Users({ db, clock, passwords, sessions, passwordPolicy: policy });
  const health = new Health({
    db,
    clock,
    version: packageJson.version,
    startedAt: clock.now(),
    configurationWarnings: [],
    isDraining: () => state.isDraining,
  });
  const guard = createGuard({
    sessions,
    accessTokens,
    clock,
    origins: new OriginCheck(config.PUBLIC_URL, config.CORS_ORIGINS),
    findActor: (session) => findActor(db, session),
  });

  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.set('query parser', 'simple').set('trust proxy', config.TRUST_PROXY);
  app.use(
    edge({
      log,
      isSecure,
      corsOrigins: config.CORS_ORIGINS,
      requestsPerMinute: config.RATE_LIMIT_PER_MINUTE,
      isDraining: () => state.isDraining,
    }),
  );
  mountPages(app, config.PUBLIC_URL);
  app.use(['/api', '/.well-known'], acceptable);
  mountContract(app, {
    contract,
    handlers: apiHandlers({
      auth: { db, clock, passwords, sessions, accessTokens, secretKeys, policy },
      users,
      health,
      ring,
    }),
    guard,
    bodyLimitBytes: config.BODY_LIMIT_BYTES,
  });
  app.use(() => {
    throw problem('not_found', { detail: 'There is nothing at this address.' });
  });
  app.use(answerProblems({ log, publicUrl: config.PUBLIC_URL, constraints: userConstraints }));

  const http = createHttpServer(app, {
    publicUrl: config.PUBLIC_URL,
    requestTimeoutSeconds: config.REQUEST_TIMEOUT_SECONDS,
  });
  return {
    http,
    drain: () => {
      state.isDraining = true;
    },
    close: async () => {
      state.isDraining = true;
      await closeServer(http);
      await db.destroy();
    },
  };
}

/** The few routes that are not API. */
function mountPages(app: Express, publicUrl: string): void {
  let document: Promise<string> | undefined;
  app.get('/', (_req, res) => res.redirect('/docs'));
  app.use('/docs', docsPage({ publicUrl }));
  app.get('/api/v1/openapi.json', async (_req, res) => {
    document ??= openApiDocument().then((made) => `${JSON.stringify(made, null, 2)}\n`);
    res.type('application/json').send(await document);
  });
}

function sessionOptions(config: Config, isSecure: boolean): SessionOptions {
  return {
    isSecure,
    lifetimes: {
      cookie: {
        idleSeconds: config.COOKIE_SESSION_IDLE_HOURS * hourSeconds,
        maxSeconds: config.COOKIE_SESSION_MAX_DAYS * daySeconds,
      },
      tokens: {
        idleSeconds: config.TOKEN_SESSION_IDLE_DAYS * daySeconds,
        maxSeconds: config.TOKEN_SESSION_MAX_DAYS * daySeconds,
      },
    },
  };
}

function signInPolicy(config: Config): SignInPolicy {
  return {
    signUp: config.SIGN_UP,
    signUpAnswer: config.SIGN_UP_ANSWER,
    requireVerifiedEmail: config.REQUIRE_VERIFIED_EMAIL,
    minLength: config.PASSWORD_MIN_LENGTH,
    requiredClasses: config.PASSWORD_REQUIRED_CLASSES,
    tokenIdleSeconds: config.TOKEN_SESSION_IDLE_DAYS * daySeconds,
  };
}

function closeServer(http: Server): Promise<void> {
  if (!http.listening) return Promise.resolve();
  return new Promise((resolve) => {
    http.close(() => resolve());
    http.closeIdleConnections();
  });
}
