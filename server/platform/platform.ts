import { type Config, readSetting } from '../config/config.ts';
import type { SecretsByName } from '../config/identity-providers.ts';
import type { RedisServers } from '../config/redis.ts';
import { Audit } from './audit/audit.ts';
import { OriginCheck } from './auth/origin.ts';
import { Caches } from './cache/caches.ts';
import { type Change, createChange } from './change.ts';
import { type Clock, systemClock } from './clock.ts';
import type { Database } from './db/connect.ts';
import { type Databases, openDatabases } from './db/databases.ts';
import { EventNews } from './events/event-news.ts';
import { Events } from './events/events.ts';
import { Followers } from './events/followers.ts';
import { ConfiguredProviders } from './identity-providers/configured-providers.ts';
import type { IdentityProviders } from './identity-providers/identity-provider.ts';
import { BossQueue } from './jobs/boss-queue.ts';
import type { Queue } from './jobs/queue.ts';
import { Links } from './links.ts';
import type { Mail } from './mail/mail.ts';
import { openMail } from './mail/open-mail.ts';
import type { MailPreview } from './mail/preview.ts';
import type { Transport } from './mail/transport.ts';
import { createLog, type Log } from './observability/log.ts';
import {
  createTelemetry,
  type Telemetry,
  type TelemetryOptions,
} from './observability/telemetry.ts';
import { PersonalDataOfAll } from './personal-data.ts';
import { createReads, type Reads } from './reads.ts';
import { Redis } from './redis/redis.ts';
import { PostgresBus } from './revocations/postgres-bus.ts';
import { RedisBus } from './revocations/redis-bus.ts';
import { Revocations } from './revocations/revocations.ts';
import { SeveralBuses } from './revocations/several-buses.ts';
import { FollowedSecrets } from './secrets/followed-secrets.ts';
import { Resealing } from './secrets/resealing.ts';
import { SecretFiles } from './secrets/secret-files.ts';
import { SecretKeys } from './secrets/secret-keys.ts';
import type { Vault } from './secrets/vault/vault.ts';
import { openStorage } from './storage/open-storage.ts';
import type { Storage } from './storage/storage.ts';

/** What features stand on, whichever way in is served: opened once, closed once. */
export interface Platform {
  readonly config: Config;
  readonly clock: Clock;
  readonly log: Log;
  readonly telemetry: Telemetry;
  readonly databases: Databases;
  /** The pool. */
  readonly db: Database;
  /** Where reads go that may be late. */
  readonly reads: Reads;
  /** Undefined where no REDIS_URL is set. */
  readonly redis: Redis | undefined;
  readonly secretKeys: SecretKeys;
  /** Secrets that come from files and from Vault, followed while the service runs. */
  readonly secrets: FollowedSecrets;
  /** Undefined where no secret is in one. */
  readonly vault: Vault | undefined;
  readonly resealing: Resealing;
  readonly storage: Storage;
  readonly personalData: PersonalDataOfAll;
  readonly revocations: Revocations;
  readonly caches: Caches;
  readonly audit: Audit;
  readonly jobs: Queue;
  readonly events: Events;
  /** Tells that there may be events to read. */
  readonly eventNews: EventNews;
  /** Whoever reads the events in a process that works off jobs. */
  readonly followers: Followers;
  readonly mail: Mail;
  /** What was written, for whoever develops; undefined in production. */
  readonly mailPreview: MailPreview | undefined;
  /** Where the links in mails lead. */
  readonly links: Links;
  /** Whom people sign in with, besides us. */
  readonly identityProviders: IdentityProviders;
  readonly change: Change;
  readonly origins: OriginCheck;
  /** Aborted when the process begins to stop. */
  readonly stopping: AbortSignal;
  drain(): void;
  /** Aborted when it takes nothing new: what has no end of its own ends. */
  readonly closing: AbortSignal;
  shut(): void;
  /** In reverse of the order in which it was opened. Whoever opened it closes it. */
  close(): Promise<void>;
}

/** What tests replace: the outside world, never a neighbour. */
export interface Outside {
  readonly clock?: Clock;
  readonly log?: Log;
  readonly jobs?: Queue;
  /** Where mails go. */
  readonly transport?: Transport;
  readonly identityProviders?: IdentityProviders;
  /** Where secrets were read from at the start. Whoever opened it closes it. */
  readonly vault?: Vault | undefined;
  /** Where spans go, instead of the SDK that an operator registered. */
  readonly tracerProvider?: TelemetryOptions['tracerProvider'];
  /** Where metrics are pushed to, and under whose name. */
  readonly metrics?: Pick<TelemetryOptions, 'metricExporter' | 'resource' | 'rounds'> | undefined;
}

export function openPlatform(config: Config, outside: Outside = {}): Platform {
  // Each part is noted here with how it closes. One that fails does not keep the others open.
  const opened = new AsyncDisposableStack();
  const { clock = systemClock, tracerProvider, metrics, vault } = outside;
  const log =
    outside.log ??
    createLog({
      level: config.observability.logLevel,
      limitBytes: config.observability.logBufferBytes,
    });
  const telemetry = opened.adopt(
    createTelemetry({
      ...config.observability,
      ...config.openTelemetry.sampling,
      ...{ log, tracerProvider, ...metrics },
    }),
    (part) => part.close(),
  );
  const databases = opened.adopt(openDatabases(config.database, { log, telemetry }), (part) =>
    part.close(),
  );
  const db = databases.pooled;
  const { replica } = databases;
  const reads = createReads({
    ...{ db, clock, log, replica },
    metrics: telemetry.replica,
    lagSeconds: config.database.replicaLagSeconds,
    // In between may be three statements that wait for a lock, and the commit; and clocks differ a little.
    changeSeconds: 1 + (3 * config.database.statementTimeoutMs) / 1_000,
  });
  const redis =
    config.redis &&
    opened.adopt(new Redis({ config: config.redis, log, metrics: telemetry.redis }), (part) =>
      part.close(),
    );
  const notices = new PostgresBus(() => databases.directUrl, log);
  const revocations = opened.adopt(
    new Revocations({
      db,
      clock,
      log,
      bus: redis ? new SeveralBuses([notices, new RedisBus(redis.channels)]) : notices,
      pollMs: config.sessions.revocationPollMs,
    }),
    (part) => part.stop(),
  );
  telemetry.revocations.watch(() => revocations.ageMs);
  const caches = new Caches({ clock, revocations, redis });
  telemetry.caches.watch(() => caches.counts);
  const audit = new Audit(db, clock, telemetry.audit);
  const secretKeys = new SecretKeys(config.secrets.keys);
  const { stopSeconds } = config.jobs;
  const jobs = opened.adopt(
    outside.jobs ?? new BossQueue({ db, log, observer: telemetry.jobs, stopSeconds }),
    (part) => part.close(),
  );
  telemetry.jobs.watch(() => jobs.state());
  const events = new Events(db, clock, jobs);
  const eventNews = opened.adopt(
    new EventNews({ urlOf: () => databases.directUrl, log, pollMs: config.events.pollMs }),
    (part) => part.close(),
  );
  const followers = opened.adopt(new Followers({ news: eventNews, log }), (part) => part.stop());
  const secrets = opened.adopt(
    new FollowedSecrets({
      sources: [new SecretFiles(config.secretFiles), ...(vault ? [vault] : [])],
      read: (setting, text) => readSetting(setting, text, config),
      log,
    }),
    (part) => part.stop(),
  );
  if (vault) telemetry.vault.watch(() => vault.state);
  secrets.follow('SECRET_KEYS', (ring: string[]) => secretKeys.replace(ring));
  databases.onRefusedLogin(() => secrets.look());
  secrets.follow('DATABASE_URL', (url: string) => databases.useUrl(url));
  secrets.follow('DATABASE_DIRECT_URL', (url: string) => databases.useDirectUrl(url));
  secrets.follow('DATABASE_REPLICA_URL', (url: string) => databases.useReplicaUrl(url));
  secrets.follow('REDIS_URL', (servers: RedisServers) => redis?.useServers(servers));
  const { mail, mailPreview, useServer } = openMail(config, {
    db,
    clock,
    log,
    queue: jobs,
    secretKeys,
    metrics: telemetry.mails,
    transport: outside.transport,
  });
  secrets.follow('SMTP_URL', useServer);
  const files = openStorage(config.storage, { clock, metrics: telemetry.storage });
  secrets.follow('S3_ACCESS_KEY_ID', files.useAccessKeyId);
  secrets.follow('S3_SECRET_ACCESS_KEY', files.useSecretAccessKey);
  const providers = new ConfiguredProviders(config.identityProviders, {
    ...{ clock, log },
    metrics: telemetry.providers,
  });
  secrets.follow('IDENTITY_PROVIDER_SECRETS', (byName: SecretsByName) =>
    providers.useSecrets(byName),
  );
  secrets.follow('VAULT_TOKEN', (token: string) => vault?.use({ token }));
  secrets.follow('VAULT_SECRET_ID', (secretId: string) => vault?.use({ secretId }));
  const change = createChange({ db, clock, audit, revocations, jobs, events });
  const [stop, end] = [new AbortController(), new AbortController()];
  return {
    config,
    clock,
    log,
    telemetry,
    databases,
    db,
    reads,
    redis,
    secretKeys,
    secrets,
    vault,
    resealing: new Resealing({ db, clock, secretKeys, change }),
    storage: files.storage,
    personalData: new PersonalDataOfAll(),
    revocations,
    caches,
    audit,
    jobs,
    events,
    eventNews,
    followers,
    mail,
    mailPreview,
    links: new Links(config.http.frontendUrl ?? config.http.publicUrl),
    identityProviders: outside.identityProviders ?? providers,
    change,
    origins: new OriginCheck(config.http.publicUrl, config.http.corsOrigins),
    stopping: stop.signal,
    drain: () => stop.abort(),
    closing: end.signal,
    shut: () => end.abort(),
    close: async () => {
      stop.abort();
      end.abort();
      await opened.disposeAsync();
    },
  };
}
