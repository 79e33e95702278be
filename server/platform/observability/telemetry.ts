import type { Server } from 'node:http';
import type { Resource } from '@opentelemetry/resources';
import {
  MeterProvider,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
} from '@opentelemetry/sdk-metrics';
import { service } from '../../../contract/service.ts';
import { AccountMetrics } from './account-metrics.ts';
import { ApiKeyMetrics } from './api-key-metrics.ts';
import { AuditMetrics } from './audit-metrics.ts';
import { CacheMetrics } from './cache-metrics.ts';
import { CallMetrics } from './call-metrics.ts';
import { DeprecationMetrics } from './deprecation-metrics.ts';
import { GraphqlMetrics } from './graphql-metrics.ts';
import { IdempotencyMetrics } from './idempotency-metrics.ts';
import { JobMetrics } from './job-metrics.ts';
import { LimitMetrics } from './limit-metrics.ts';
import { LiveEventMetrics } from './live-event-metrics.ts';
import type { Log } from './log.ts';
import { MailMetrics } from './mail-metrics.ts';
import { closeMetricsServer, createMetricsServer } from './metrics-server.ts';
import { type Otlp, patienceMs } from './otlp.ts';
import { OutageMetrics } from './outage-metrics.ts';
import { PoolMetrics } from './pool-metrics.ts';
import { PrometheusReader } from './prometheus.ts';
import { ProviderMetrics } from './provider-metrics.ts';
import { RedisMetrics } from './redis-metrics.ts';
import { ReplicaMetrics } from './replica-metrics.ts';
import { RequestMetrics } from './request-metrics.ts';
import { RevocationMetrics } from './revocation-metrics.ts';
import { watchRuntime } from './runtime-metrics.ts';
import { SignInMetrics } from './sign-in-metrics.ts';
import { SignOutMetrics } from './sign-out-metrics.ts';
import { StorageMetrics } from './storage-metrics.ts';
import { Tracing, type TracingOptions } from './tracing.ts';
import { UploadMetrics } from './upload-metrics.ts';
import { VaultMetrics } from './vault-metrics.ts';
import { WebhookMetrics } from './webhook-metrics.ts';

export interface TelemetryOptions extends TracingOptions {
  /** The names under which the metrics may be asked for, besides `localhost` and addresses. */
  readonly metricsHosts?: readonly string[];
  readonly log: Pick<Log, 'warn' | 'error' | 'droppedLines'>;
  /** Where the metrics are pushed to, and who pushes. */
  readonly metricExporter?: PushMetricExporter | undefined;
  readonly resource?: Resource | undefined;
  /** How often, and for how long each time. */
  readonly rounds?: NonNullable<Otlp['metrics']>['rounds'];
}

export interface Telemetry {
  readonly requests: RequestMetrics;
  readonly calls: CallMetrics;
  readonly limits: LimitMetrics;
  readonly graphql: GraphqlMetrics;
  readonly idempotency: IdempotencyMetrics;
  readonly deprecations: DeprecationMetrics;
  readonly uploads: UploadMetrics;
  readonly pool: PoolMetrics;
  readonly redis: RedisMetrics;
  readonly replica: ReplicaMetrics;
  readonly vault: VaultMetrics;
  readonly outages: OutageMetrics;
  readonly revocations: RevocationMetrics;
  readonly caches: CacheMetrics;
  readonly jobs: JobMetrics;
  readonly liveEvents: LiveEventMetrics;
  readonly mails: MailMetrics;
  readonly storage: StorageMetrics;
  readonly accounts: AccountMetrics;
  readonly providers: ProviderMetrics;
  readonly apiKeys: ApiKeyMetrics;
  readonly audit: AuditMetrics;
  readonly signIns: SignInMetrics;
  readonly signOuts: SignOutMetrics;
  readonly webhooks: WebhookMetrics;
  readonly tracing: Tracing;
  /** Answers `GET /metrics` in the format of Prometheus once it is told to listen. */
  readonly metricsServer: Server;
  close(): Promise<void>;
}

/** Nothing here is global: several services may run, and be counted, in one process. */
export function createTelemetry(options: TelemetryOptions): Telemetry {
  const requests = new RequestMetrics();
  const pool = new PoolMetrics();
  const outages = new OutageMetrics();
  const bound = [requests.durations, pool.waits];
  const reader = new PrometheusReader(options.log, bound);
  const { metricExporter: exporter, resource, rounds } = options;
  const pushing = exporter && [
    new PeriodicExportingMetricReader({ ...rounds, exporter, metricProducers: bound }),
  ];
  const provider = new MeterProvider({ readers: [reader, ...(pushing ?? [])], resource });
  const metricsServer = createMetricsServer(
    (_req, res) => void reader.answer(res),
    options.metricsHosts ?? [],
  );
  const meter = provider.getMeter(service.name);
  meter
    .createObservableCounter('charter.log.dropped', {
      unit: '{line}',
      description: 'Number of log lines that nobody read in time.',
    })
    .addCallback((result) => result.observe(options.log.droppedLines()));
  requests.countIn(meter);
  pool.countIn(meter);
  outages.countIn(meter);
  const stopWatching = watchRuntime(meter);
  const tracing = new Tracing(options);
  return {
    requests,
    calls: new CallMetrics(meter, tracing),
    limits: new LimitMetrics(meter),
    graphql: new GraphqlMetrics(meter),
    idempotency: new IdempotencyMetrics(meter),
    deprecations: new DeprecationMetrics(meter),
    uploads: new UploadMetrics(meter),
    pool,
    redis: new RedisMetrics(meter),
    replica: new ReplicaMetrics(meter),
    vault: new VaultMetrics(meter),
    outages,
    revocations: new RevocationMetrics(meter),
    caches: new CacheMetrics(meter),
    jobs: new JobMetrics(meter, tracing),
    liveEvents: new LiveEventMetrics(meter),
    mails: new MailMetrics(meter),
    storage: new StorageMetrics(meter),
    accounts: new AccountMetrics(meter),
    providers: new ProviderMetrics(meter),
    apiKeys: new ApiKeyMetrics(meter),
    audit: new AuditMetrics(meter),
    signIns: new SignInMetrics(meter),
    signOuts: new SignOutMetrics(meter),
    webhooks: new WebhookMetrics(meter),
    tracing,
    metricsServer,
    close: async () => {
      stopWatching();
      await closeMetricsServer(metricsServer);
      // A collector that is away must not keep the process from ending; the log knows of it.
      await provider.shutdown({ timeoutMillis: patienceMs }).catch(() => {});
    },
  };
}
