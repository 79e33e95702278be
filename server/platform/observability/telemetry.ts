import type { Server } from 'node:http';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { service } from '../../../contract/service.ts';
import { AccountMetrics } from './account-metrics.ts';
import { ApiKeyMetrics } from './api-key-metrics.ts';
import { AuditMetrics } from './audit-metrics.ts';
import { CallMetrics } from './call-metrics.ts';
import { JobMetrics } from './job-metrics.ts';
import { LimitMetrics } from './limit-metrics.ts';
import type { Log } from './log.ts';
import { MailMetrics } from './mail-metrics.ts';
import { closeMetricsServer, createMetricsServer } from './metrics-server.ts';
import { PoolMetrics } from './pool-metrics.ts';
import { PrometheusReader } from './prometheus.ts';
import { ProviderMetrics } from './provider-metrics.ts';
import { RequestMetrics } from './request-metrics.ts';
import { RevocationMetrics } from './revocation-metrics.ts';
import { watchRuntime } from './runtime-metrics.ts';
import { SignInMetrics } from './sign-in-metrics.ts';
import { SignOutMetrics } from './sign-out-metrics.ts';
import { Tracing, type TracingOptions } from './tracing.ts';

export interface TelemetryOptions extends TracingOptions {
  /** The names under which the metrics may be asked for, besides `localhost` and addresses. */
  readonly metricsHosts?: readonly string[];
  readonly log: Pick<Log, 'warn' | 'error' | 'droppedLines'>;
}

export interface Telemetry {
  readonly requests: RequestMetrics;
  readonly calls: CallMetrics;
  readonly limits: LimitMetrics;
  readonly pool: PoolMetrics;
  readonly revocations: RevocationMetrics;
  readonly jobs: JobMetrics;
  readonly mails: MailMetrics;
  readonly accounts: AccountMetrics;
  readonly providers: ProviderMetrics;
  readonly apiKeys: ApiKeyMetrics;
  readonly audit: AuditMetrics;
  readonly signIns: SignInMetrics;
  readonly signOuts: SignOutMetrics;
  readonly tracing: Tracing;
  /** Answers `GET /metrics` in the format of Prometheus once it is told to listen. */
  readonly metricsServer: Server;
  close(): Promise<void>;
}

/** Prometheus wants the unit in the name, and OpenTelemetry says so; its exporter forgets it. */
const inPrometheus = [
  { instrumentName: 'charter.operation.duration', name: 'charter.operation.duration.seconds' },
  { instrumentName: 'charter.job.duration', name: 'charter.job.duration.seconds' },
  { instrumentName: 'charter.provider.duration', name: 'charter.provider.duration.seconds' },
  { instrumentName: 'charter.jobs.oldest', name: 'charter.jobs.oldest.seconds' },
  { instrumentName: 'charter.audit.unsealed', name: 'charter.audit.unsealed.seconds' },
  { instrumentName: 'charter.revocations.age', name: 'charter.revocations.age.seconds' },
  { instrumentName: 'v8js.gc.duration', name: 'v8js.gc.duration.seconds' },
  { instrumentName: 'v8js.memory.heap.used', name: 'v8js.memory.heap.used.bytes' },
  { instrumentName: 'v8js.memory.heap.limit', name: 'v8js.memory.heap.limit.bytes' },
  { instrumentName: 'process.memory.usage', name: 'process.memory.usage.bytes' },
  { instrumentName: 'process.cpu.time', name: 'process.cpu.time.seconds' },
  { instrumentName: 'process.uptime', name: 'process.uptime.seconds' },
  { instrumentName: 'nodejs.eventloop.utilization', name: 'nodejs.eventloop.utilization.ratio' },
  ...['mean', 'p50', 'p99', 'max'].map((name) => ({
    instrumentName: `nodejs.eventloop.delay.${name}`,
    name: `nodejs.eventloop.delay.${name}.seconds`,
  })),
];

/** Nothing here is global: several services may run, and be counted, in one process. */
export function createTelemetry(options: TelemetryOptions): Telemetry {
  const requests = new RequestMetrics();
  const pool = new PoolMetrics();
  const reader = new PrometheusReader(options.log, [requests.durations, pool.waits]);
  const provider = new MeterProvider({ readers: [reader], views: inPrometheus });
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
  const stopWatching = watchRuntime(meter);
  const tracing = new Tracing(options);
  return {
    requests,
    calls: new CallMetrics(meter, tracing),
    limits: new LimitMetrics(meter),
    pool,
    revocations: new RevocationMetrics(meter),
    jobs: new JobMetrics(meter, tracing),
    mails: new MailMetrics(meter),
    accounts: new AccountMetrics(meter),
    providers: new ProviderMetrics(meter),
    apiKeys: new ApiKeyMetrics(meter),
    audit: new AuditMetrics(meter),
    signIns: new SignInMetrics(meter),
    signOuts: new SignOutMetrics(meter),
    tracing,
    metricsServer,
    close: async () => {
      stopWatching();
      await closeMetricsServer(metricsServer);
      await provider.shutdown();
    },
  };
}
