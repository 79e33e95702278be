import type { Server } from 'node:http';
import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { service } from '../../../contract/service.ts';
import { AccountMetrics } from './account-metrics.ts';
import { ApiKeyMetrics } from './api-key-metrics.ts';
import { AuditMetrics } from './audit-metrics.ts';
import { CallMetrics } from './call-metrics.ts';
import { JobMetrics } from './job-metrics.ts';
import type { Log } from './log.ts';
import { MailMetrics } from './mail-metrics.ts';
import { closeMetricsServer, createMetricsServer } from './metrics-server.ts';
import { PrometheusReader } from './prometheus.ts';
import { ProviderMetrics } from './provider-metrics.ts';
import { RequestMetrics } from './request-metrics.ts';
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
];

/** Nothing here is global: several services may run, and be counted, in one process. */
export function createTelemetry(options: TelemetryOptions): Telemetry {
  const requests = new RequestMetrics();
  const reader = new PrometheusReader(options.log, [requests.durations]);
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
  const tracing = new Tracing(options);
  return {
    requests,
    calls: new CallMetrics(meter, tracing),
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
      await closeMetricsServer(metricsServer);
      await provider.shutdown();
    },
  };
}
