import type { Config } from './config.ts';
import { Audit } from './features/audit/service.ts';
import { createFindCaller } from './features/auth/actors.ts';
import { SignInAttempts } from './features/auth/attempts.ts';
import type { SignInPolicy } from './features/auth/parts.ts';
import { SignInTurns } from './features/auth/turns.ts';
import { Keys } from './features/keys/service.ts';
import { RoleTable } from './features/roles/role-table.ts';
import { Roles } from './features/roles/service.ts';
import { OwnSessions } from './features/sessions/service.ts';
import { UserLifecycle } from './features/users/lifecycle.ts';
import { Membership } from './features/users/membership.ts';
import { Users } from './features/users/service.ts';
import { tokenSkewSeconds } from './platform/auth/access-tokens.ts';
import { Passwords } from './platform/auth/passwords.ts';
import { Sessions } from './platform/auth/sessions.ts';
import { type Clock, daySeconds, hourSeconds } from './platform/clock.ts';
import { connect, type Database } from './platform/db/connect.ts';
import type { Log } from './platform/observability/log.ts';
import { PostgresBus } from './platform/revocations/postgres-bus.ts';
import { Revocations } from './platform/revocations/revocations.ts';
import { SecretKeys } from './platform/secrets/secret-keys.ts';

/** What the HTTP service and the command line both stand on. */
export interface Services {
  readonly db: Database;
  readonly clock: Clock;
  readonly secretKeys: SecretKeys;
  readonly revocations: Revocations;
  readonly passwords: Passwords;
  readonly sessions: Sessions;
  readonly audit: Audit;
  readonly attempts: SignInAttempts;
  readonly turns: SignInTurns;
  readonly users: Users;
  readonly lifecycle: UserLifecycle;
  readonly ownSessions: OwnSessions;
  readonly membership: Membership;
  readonly roles: Roles;
  readonly keys: Keys;
  readonly policy: SignInPolicy;
}

export function createServices(config: Config, clock: Clock, log: Log): Services {
  const db = connect({
    url: config.DATABASE_URL,
    poolSize: config.DATABASE_POOL_SIZE,
    connectTimeoutMs: config.DATABASE_CONNECT_TIMEOUT_MS,
    acquireTimeoutMs: config.DATABASE_POOL_TIMEOUT_MS,
    statementTimeoutMs: config.DATABASE_STATEMENT_TIMEOUT_MS,
    readConnections: config.DATABASE_READ_CONNECTIONS,
    hasNamedStatements: config.DATABASE_NAMED_STATEMENTS,
  });
  const secretKeys = new SecretKeys(config.SECRET_KEYS);
  const tokenLifeSeconds = config.ACCESS_TOKEN_SECONDS + tokenSkewSeconds;
  const revocations = new Revocations({
    db,
    clock,
    log,
    bus: new PostgresBus(config.DATABASE_DIRECT_URL ?? config.DATABASE_URL, log),
    pollMs: config.REVOCATION_POLL_MS,
    tokenLifeSeconds,
  });
  const policy = signInPolicy(config);
  const passwords = new Passwords({ memoryKib: config.PASSWORD_HASH_MEMORY_KIB });
  const sessions = new Sessions(db, clock, revocations, {
    ...sessionOptions(config),
    findCaller: createFindCaller(db, new RoleTable({ db, clock, revocations })),
  });
  const audit = new Audit(db, clock);
  const base = { db, clock, revocations, passwords, sessions, audit };
  const roles = new Roles(base);
  const users = new Users({ ...base, passwordPolicy: policy });
  return {
    ...base,
    users,
    policy,
    secretKeys,
    keys: new Keys({ ...base, secretKeys, tokenLifeSeconds }),
    attempts: new SignInAttempts(db, clock),
    turns: new SignInTurns(),
    lifecycle: new UserLifecycle({ ...base, users, passwordPolicy: policy }),
    ownSessions: new OwnSessions(base),
    roles,
    membership: new Membership({ ...base, roles }),
  };
}

function sessionOptions(config: Config) {
  return {
    isSecure: config.PUBLIC_URL.startsWith('https:'),
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
