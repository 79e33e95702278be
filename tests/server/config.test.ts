import { describe, expect, it } from 'vitest';
import { type Config, configurationWarnings, readConfig } from '../../server/config/config.ts';
import { developmentSecretPrefix } from '../../server/config/secrets.ts';
import { mistakesOf } from '../kit/mistakes.ts';

const url = 'postgres://charter:word@db.example:5432/charter';
const secret = 'x'.repeat(32);
const enough = { DATABASE_URL: url, SECRET_KEYS: secret };
const production = {
  ...enough,
  NODE_ENV: 'production',
  PUBLIC_URL: 'https://api.example.com',
  STORAGE_PATH: '/var/lib/charter',
};

const withMail = {
  SMTP_URL: 'smtp://user:word@mail.example.com',
  MAIL_FROM: 'Example <no-reply@example.com>',
};

type Settings = Record<string, string | undefined>;

const read = (settings: Settings = {}): Config => readConfig({}, { ...enough, ...settings });

describe('the configuration', () => {
  it('needs a database and a secret; the rest has defaults', () => {
    expect(read()).toEqual({
      isProduction: false,
      secretFiles: {},
      hasMail: true,
      http: {
        host: '127.0.0.1',
        port: 3000,
        publicUrl: 'http://localhost:3000',
        frontendUrl: undefined,
        isSecure: false,
        corsOrigins: [],
        allowedHosts: undefined,
        trustProxy: [],
        uploadLimitBytes: 10_485_760,
        requestIdHeader: 'X-Request-Id',
        hstsSeconds: 31_536_000,
        pageSources: [],
        bodyLimitBytes: 102_400,
        requestTimeoutSeconds: 30,
        shutdownDelaySeconds: 0,
      },
      graphql: {
        isOn: true,
        isOpen: true,
        documents: undefined,
        limits: {
          tokens: 2_000,
          depth: 10,
          breadth: 100,
          aliases: 30,
          directives: 50,
          cost: 2_000,
        },
        timeoutMs: 10_000,
        hasGraphiql: true,
      },
      apiKeys: { usualDays: 90, maxDays: 365 },
      database: {
        url,
        directUrl: url,
        poolSize: 10,
        acquireTimeoutMs: 2_000,
        connectTimeoutMs: 1_000,
        statementTimeoutMs: 5_000,
        readConnections: 2,
        hasNamedStatements: undefined,
        replicaUrl: undefined,
        replicaLagSeconds: 5,
      },
      redis: undefined,
      vault: undefined,
      secrets: { keys: [secret], signingKeyDays: 90 },
      storage: {
        path: expect.stringMatching(/\/\.charter\/storage$/),
        isChosen: false,
        s3: undefined,
      },
      personalData: { erasureGraceDays: 30 },
      observability: {
        logLevel: 'info',
        isLogPretty: undefined,
        logBatchMs: 100,
        logBufferBytes: 1_048_576,
        slowRequestMs: 1_000,
        isTimingTold: false,
        metricsHost: '127.0.0.1',
        metricsHosts: ['127.0.0.1'],
        metricsPort: 9_464,
      },
      openTelemetry: {
        sampling: { sampleRatio: 0.01, isByCaller: true },
        otlp: {
          tracesUrl: undefined,
          metricsUrl: undefined,
          resource: {},
          batches: {
            scheduledDelayMillis: 5_000,
            exportTimeoutMillis: 30_000,
            maxQueueSize: 2_048,
            maxExportBatchSize: 512,
          },
          rounds: { exportIntervalMillis: 60_000, exportTimeoutMillis: 30_000 },
        },
      },
      mail: {
        server: undefined,
        from: { name: undefined, address: 'no-reply@localhost' },
        productName: undefined,
        colour: '#1f3a5f',
      },
      accounts: {
        signUp: 'open',
        signUpAnswer: 'conflict',
        requireVerifiedEmail: false,
        hasMagicLink: false,
        verificationSeconds: 86_400,
        passwordResetSeconds: 600,
        magicLinkSeconds: 600,
        invitationSeconds: 604_800,
        emailChangeSeconds: 86_400,
        emailRevertSeconds: 259_200,
      },
      passwords: {
        minLength: 8,
        requiredClasses: 0,
        memoryKib: 19_456,
        hashWaitMs: 2_000,
        turnWaitMs: 2_000,
      },
      identityProviders: { declared: [], secrets: new Map(), timeoutMs: 5_000 },
      providerSignIn: { redirects: [], signOutRedirects: [], trusted: [] },
      secondFactors: { requiredOf: 'none', totpWindowSteps: 1, passkeyRpId: undefined },
      sessions: {
        accessTokenSeconds: 300,
        tokenLifeSeconds: 330,
        tokens: { idleSeconds: 7 * 86_400, maxSeconds: 30 * 86_400 },
        cookie: { idleSeconds: 86_400, maxSeconds: 14 * 86_400 },
        revocationPollMs: 2_000,
        cacheSize: 10_000,
      },
      impersonation: { seconds: 900, isTold: true },
      limits: { address: 1_200, credentials: 30, write: 120, read: 600 },
      deprecation: { isServedAfterSunset: false },
      jobs: { inApi: true, stopSeconds: 10 },
      events: {
        pollMs: 2_000,
        heartbeatMs: 15_000,
        perCaller: 10,
        perProcess: 2_000,
        bufferBytes: 262_144,
      },
      webhooks: {
        ...{ max: 50, timeoutMs: 15_000, deliveryDays: 30 },
        allowedNetworks: ['127.0.0.0/8', '::1/128'],
      },
      retention: { removedDays: 30, idempotencyHours: 24, auditDays: 2_557, deactivatedDays: 0 },
    });
  });

  it('reads lists, switches and numbers as they are written', () => {
    const config = read({
      CORS_ORIGINS: 'https://a.example, https://b.example/,',
      REQUIRE_VERIFIED_EMAIL: 'true',
      PORT: '8080',
    });
    expect(config.http.corsOrigins).toEqual(['https://a.example', 'https://b.example']);
    expect(config.accounts.requireVerifiedEmail).toBe(true);
    expect(config.http.publicUrl).toBe('http://localhost:8080');
  });

  it('pushes spans and metrics to one collector, or each to its own', () => {
    const both = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/' };
    expect(read(both).openTelemetry.otlp).toMatchObject({
      tracesUrl: 'http://collector:4318/v1/traces',
      metricsUrl: 'http://collector:4318/v1/metrics',
    });
    const one = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.example.com/in' };
    expect(read({ ...both, ...one }).openTelemetry.otlp.tracesUrl).toBe(
      'https://traces.example.com/in',
    );
    expect(read(one).openTelemetry.otlp.metricsUrl).toBeUndefined();
  });

  it("follows OpenTelemetry's own settings", () => {
    const { otlp } = read({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
      OTEL_SERVICE_NAME: 'shop',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=other, team=a%2Cb',
      OTEL_BSP_MAX_QUEUE_SIZE: '100',
      OTEL_METRIC_EXPORT_INTERVAL: '10000',
    }).openTelemetry;
    expect(otlp).toMatchObject({
      resource: { 'service.name': 'shop', team: 'a,b' },
      batches: { maxQueueSize: 100, maxExportBatchSize: 100 },
      rounds: { exportIntervalMillis: 10_000, exportTimeoutMillis: 10_000 },
    });
    const disabled = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://x:4318', OTEL_SDK_DISABLED: 'TRUE' };
    expect(read(disabled).openTelemetry.otlp).toMatchObject({ tracesUrl: undefined });
  });

  it.each([
    [{ TRACE_SAMPLE_RATIO: '0.2' }, 0.2, true],
    [{ TRACE_SAMPLE_RATIO: '0.2', OTEL_TRACES_SAMPLER: 'parentbased_always_off' }, 0, true],
    [
      { OTEL_TRACES_SAMPLER: 'parentbased_traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.5' },
      0.5,
      true,
    ],
    [{ OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '0.5' }, 0.5, false],
    [{ OTEL_TRACES_SAMPLER: 'always_on' }, 1, false],
  ])('samples as it is told: %o', (settings, sampleRatio, isByCaller) => {
    expect(read(settings).openTelemetry.sampling).toEqual({ sampleRatio, isByCaller });
  });

  it('knows one Redis, and a cluster by several addresses or by its word', () => {
    expect(read({ REDIS_URL: 'rediss://ada:w%2Crd@[::1]/3' }).redis).toEqual({
      servers: {
        nodes: [{ host: '::1', port: 6_379 }],
        ...{ isCluster: false, isEncrypted: true, username: 'ada', password: 'w,rd', db: 3 },
      },
      ca: undefined,
      keyPrefix: 'charter:',
      timeoutMs: 300,
    });
    const cluster = read({ REDIS_URL: 'redis://a:7000, redis://b:7001' }).redis?.servers;
    expect(cluster).toMatchObject({
      nodes: [
        { host: 'a', port: 7_000 },
        { host: 'b', port: 7_001 },
      ],
      ...{ isCluster: true, username: undefined },
    });
    expect(read({ REDIS_URL: 'redis://a?cluster=true' }).redis?.servers.isCluster).toBe(true);
  });

  it.each([
    ['http://a', /write redis:/],
    ['redis://', /name the host/],
    ['redis://a,b', /commas between nodes/],
    ['redis://u:%zz@a', /write % in user and password as %25/],
    ['redis://a/first', /ends after host and port/],
    ['redis://a?tls=none', /ends after host and port/],
    ['redis://u:one@a,redis://u:other@b', /same protocol, user and password/],
    ['redis://a/1,redis://b/1', /leave out the number of the database/],
  ])('refuses %s as a Redis', (REDIS_URL, what) => {
    const [mistake, ...others] = mistakesOf({ ...enough, REDIS_URL });
    expect(mistake).toMatch(/^REDIS_URL: /);
    expect(mistake).toMatch(what);
    expect(others).toEqual([]);
  });

  it('takes an empty setting for one that is not set', () => {
    expect(read({ PORT: '', CORS_ORIGINS: '' }).http).toMatchObject({
      port: 3000,
      corsOrigins: [],
    });
  });

  it('fills in what development made, but prefers what is set', () => {
    const defaults = { DATABASE_URL: 'postgres://embedded', SECRET_KEYS: secret };
    expect(readConfig(defaults, {}).database.url).toBe('postgres://embedded');
    expect(readConfig(defaults, enough).database.url).toBe(url);
  });
});

const wrong: Record<string, string> = {
  NODE_ENV: 'staging',
  PORT: '70000',
  PUBLIC_URL: 'https://api.example.com/path',
  DATABASE_URL: 'mysql://db',
  DATABASE_POOL_SIZE: '0',
  DATABASE_POOL_TIMEOUT_MS: '99',
  DATABASE_CONNECT_TIMEOUT_MS: '1s',
  DATABASE_STATEMENT_TIMEOUT_MS: '5s',
  DATABASE_READ_CONNECTIONS: '21',
  DATABASE_NAMED_STATEMENTS: 'never',
  SECRET_KEYS: 'short',
  CORS_ORIGINS: 'https://a.example,anything',
  ALLOWED_HOSTS: 'api.example.com,*',
  REQUEST_ID_HEADER: 'Authorization',
  HSTS_MAX_AGE_SECONDS: 'a year',
  PAGE_CSP_SOURCES: "'unsafe-inline'",
  METRICS_HOSTS: 'charter:9464',
  LOG_LEVEL: 'loud',
  LOG_PRETTY: 'yes',
  LOG_BATCH_MS: '0.1',
  LOG_BUFFER_BYTES: '65535',
  SLOW_REQUEST_MS: '0',
  OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318',
  OTEL_EXPORTER_OTLP_HEADERS: 'Bearer abc',
  OTEL_EXPORTER_OTLP_TIMEOUT: '10s',
  OTEL_EXPORTER_OTLP_COMPRESSION: 'zstd',
  OTEL_RESOURCE_ATTRIBUTES: 'team',
  OTEL_TRACES_SAMPLER: 'jaeger_remote',
  OTEL_TRACES_SAMPLER_ARG: '2',
  OTEL_SDK_DISABLED: '1',
  OTEL_BSP_SCHEDULE_DELAY: '0',
  OTEL_METRIC_EXPORT_INTERVAL: 'a minute',
  METRICS_PORT: 'off',
  TRACE_SAMPLE_RATIO: '1.5',
  SMTP_URL: 'smtp://mail.example.com:587/path',
  MAIL_FROM: 'Example <no-reply@example.com>\r\nBcc: all@example.com',
  MAIL_PRODUCT_NAME: 'two\nlines',
  MAIL_COLOUR: 'blue',
  SIGN_UP: 'maybe',
  SIGN_UP_ANSWER: 'perhaps',
  REQUIRE_VERIFIED_EMAIL: '1',
  PASSWORD_MIN_LENGTH: '7',
  PASSWORD_REQUIRED_CLASSES: '5',
  ACCESS_TOKEN_SECONDS: '-1',
  TOKEN_SESSION_IDLE_DAYS: '1.5',
  TOKEN_SESSION_MAX_DAYS: '1e3',
  COOKIE_SESSION_IDLE_HOURS: '0x10',
  COOKIE_SESSION_MAX_DAYS: 'ten',
  RATE_LIMIT_PER_MINUTE: '0',
  BODY_LIMIT_BYTES: '1',
  REQUEST_TIMEOUT_SECONDS: '0',
  SHUTDOWN_DELAY_SECONDS: '301',
};

describe('mistakes', () => {
  it('are told all at once, each with its setting', () => {
    const mistakes = mistakesOf(wrong);
    expect(mistakes.map((mistake) => mistake.replace(/:.*/s, '')).sort()).toEqual(
      Object.keys(wrong).sort(),
    );
  });

  it.each(Object.entries(wrong))('are found in %s=%s', (key, value) => {
    expect(mistakesOf({ ...enough, [key]: value })).toEqual([expect.stringContaining(`${key}: `)]);
  });

  it('say what to do about what is missing', () => {
    const [database, secrets] = mistakesOf({});
    expect(database).toContain('DATABASE_URL: is not set; write postgres://');
    expect(secrets).toContain('openssl rand');
    expect(secrets).toContain('SECRET_KEYS_FILE');
  });

  it('never repeat a secret', () => {
    const text = mistakesOf({ SECRET_KEYS: 'hunter2', DATABASE_URL: 'mysql://a:hunter2@b' }).join();
    expect(text).not.toContain('hunter2');
  });
});

describe('production', () => {
  it('starts with a database, a secret and a public address', () => {
    expect(readConfig({}, production)).toMatchObject({
      isProduction: true,
      hasMail: false,
      accounts: { signUp: 'closed' },
    });
    expect(readConfig({}, { ...production, ...withMail }).accounts.signUp).toBe('invite');
  });

  it('fills nothing in', () => {
    const defaults = { DATABASE_URL: url, SECRET_KEYS: secret };
    expect(() => readConfig(defaults, { NODE_ENV: 'production' })).toThrow(
      /DATABASE_URL: is not set.*\n.*SECRET_KEYS: is not set.*\n.*PUBLIC_URL: is not set/,
    );
  });

  it('says what else to set or to raise beside what is wrong', () => {
    const unnamed = { ...production, PUBLIC_URL: undefined };
    const settingsIn = (settings: Settings) =>
      new Set(mistakesOf(settings).map((mistake) => mistake.split(':')[0]));
    expect(settingsIn({ ...unnamed, PORT: 'x' })).toEqual(new Set(['PORT', 'PUBLIC_URL']));
    const weak = { PASSWORD_MIN_LENGTH: '2', PASSWORD_HASH_MEMORY_KIB: '8192' };
    expect(settingsIn({ ...production, ...weak })).toEqual(
      new Set(['PASSWORD_HASH_MEMORY_KIB', 'PASSWORD_MIN_LENGTH']),
    );
  });

  it('refuses a secret that was made for development, first or later', () => {
    for (const keys of [
      `${developmentSecretPrefix}${secret}`,
      `${secret},${developmentSecretPrefix}${secret}`,
    ]) {
      expect(mistakesOf({ ...production, SECRET_KEYS: keys })).toEqual([
        expect.stringContaining('SECRET_KEYS: holds a development secret'),
      ]);
    }
  });

  it('warns of plain HTTP and of open sign-up', () => {
    const config = readConfig(
      {},
      { ...production, PUBLIC_URL: 'http://a.example', SIGN_UP: 'open' },
    );
    expect(configurationWarnings(config)).toHaveLength(3);
    const closed = readConfig({}, { ...production, ...withMail, SIGN_UP: 'closed' });
    expect(configurationWarnings(closed)).toEqual([]);
  });

  it('warns where archives may be out of reach of the process that is asked for them', () => {
    const { STORAGE_PATH: _, ...without } = production;
    const config = readConfig(
      {},
      { ...without, SMTP_URL: 'smtp://mail.example.com', MAIL_FROM: 'no-reply@example.com' },
    );
    expect(configurationWarnings(config)).toEqual([expect.stringMatching(/^STORAGE_PATH/)]);
  });

  it('warns of a service that can send no mail', () => {
    expect(configurationWarnings(readConfig({}, production))).toEqual([
      expect.stringContaining('SMTP_URL is not set'),
    ]);
  });

  it.each([
    [{ SIGN_UP: 'invite' }, 'SIGN_UP'],
    [{ SIGN_UP: 'open', SIGN_UP_ANSWER: 'private' }, 'SIGN_UP_ANSWER'],
    [{ REQUIRE_VERIFIED_EMAIL: 'true' }, 'REQUIRE_VERIFIED_EMAIL'],
    [{ MAGIC_LINK: 'true' }, 'MAGIC_LINK'],
  ])('refuses %o without mail, and says what to do', (settings, setting) => {
    const all = { ...production, ...settings };
    expect(mistakesOf(all)).toEqual([
      expect.stringMatching(new RegExp(`^${setting}: .*SMTP_URL is not set; write smtp://`)),
    ]);
    expect(mistakesOf({ ...all, ...withMail })).toEqual([]);
    expect(mistakesOf({ ...all, NODE_ENV: 'development' })).toEqual([]);
  });

  it('needs a sender, and TLS for every mail server that is not its own machine', () => {
    const { SMTP_URL } = withMail;
    expect(mistakesOf({ ...production, SMTP_URL })).toEqual([
      expect.stringContaining('MAIL_FROM: is not set'),
    ]);
    const plain = (host: string) =>
      mistakesOf({ ...production, ...withMail, SMTP_URL: `smtp://${host}?tls=none` });
    expect(plain('mail.example.com')).toEqual([expect.stringContaining('SMTP_URL: ?tls=none')]);
    expect(plain('127.0.0.1.example.com')).toHaveLength(1);
    for (const host of ['127.0.0.1:2525', 'localhost', '[::1]:25']) expect(plain(host)).toEqual([]);
  });
});

describe('the mail server', () => {
  const serverAt = (SMTP_URL: string) => read({ SMTP_URL }).mail.server;

  it('is read from its address', () => {
    expect(serverAt('smtp://char%40ter:p%40ss@mail.example.com')).toEqual({
      host: 'mail.example.com',
      port: 587,
      tls: 'upgraded',
      login: { user: 'char@ter', pass: 'p@ss' },
    });
    expect(serverAt('smtps://mail.example.com')).toMatchObject({ port: 465, tls: 'always' });
    expect(serverAt('smtp://[::1]:25?tls=none')).toEqual({
      host: '::1',
      port: 25,
      tls: 'none',
      login: undefined,
    });
  });

  it.each([
    'mail.example.com:587',
    'https://mail.example.com',
    'smtp://',
    'smtp://user:100%@mail.example.com',
    'smtp://mail.example.com?tls=maybe',
  ])('is not %s', (SMTP_URL) => {
    expect(mistakesOf({ ...enough, SMTP_URL })).toEqual([expect.stringContaining('SMTP_URL: ')]);
  });

  it('is named by a sender, with or without a name', () => {
    const fromOf = (MAIL_FROM: string) => read({ MAIL_FROM }).mail.from;
    expect(fromOf('a@b.example')).toEqual({ name: undefined, address: 'a@b.example' });
    expect(fromOf('An Example, Inc. <a@b.example>')).toEqual({
      name: 'An Example, Inc.',
      address: 'a@b.example',
    });
  });
});

describe('the replica', () => {
  it('is another place than the primary, whoever logs in there', () => {
    for (const same of [url, 'postgres://other@db.example/charter']) {
      expect(mistakesOf({ ...enough, DATABASE_REPLICA_URL: same })).toEqual([
        expect.stringMatching(/^DATABASE_REPLICA_URL: is the address of the primary/),
      ]);
    }
    const direct = { DATABASE_DIRECT_URL: 'postgres://a@direct.example/charter' };
    const both = { ...direct, DATABASE_REPLICA_URL: 'postgres://b@direct.example:5432/charter' };
    expect(mistakesOf({ ...enough, ...both })).toHaveLength(1);
  });

  it('is named by the query where pg reads it there, as for a socket', () => {
    const at = (place: string) => `postgres://a:b@localhost/charter?host=/cloudsql/p:r:${place}`;
    const named = (replica: string) =>
      mistakesOf({ ...enough, DATABASE_URL: at('main'), DATABASE_REPLICA_URL: at(replica) });
    expect(named('replica')).toEqual([]);
    expect(named('main')).toHaveLength(1);
  });

  it('may be as late as is said', () => {
    const replica = { DATABASE_REPLICA_URL: 'postgres://a@replica.example/charter' };
    expect(read({ ...replica, REPLICA_LAG_SECONDS: '30' }).database).toMatchObject({
      replicaUrl: replica.DATABASE_REPLICA_URL,
      replicaLagSeconds: 30,
    });
  });
});
