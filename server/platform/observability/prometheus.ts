import type { ServerResponse } from 'node:http';
import type { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { MetricReader } from '@opentelemetry/sdk-metrics';

/** Of the text format (https://prometheus.io/docs/instrumenting/exposition_formats/). */
const contentType = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * Collects the metrics whenever they are asked for. OpenTelemetry's own exporter does that, too, but
 * it brings a server, and undici with it, into every start; its writer is loaded with the first
 * question.
 */
export class PrometheusReader extends MetricReader {
  #writer: Promise<PrometheusSerializer> | undefined;

  /** Answers 500 where the metrics cannot be collected: Prometheus then counts a failed scrape. */
  async answer(res: ServerResponse): Promise<void> {
    try {
      const { resourceMetrics } = await this.collect();
      this.#writer ??= loadWriter();
      const text = (await this.#writer).serialize(resourceMetrics);
      res.writeHead(200, { 'Content-Type': contentType }).end(text);
    } catch {
      res.writeHead(500).end();
    }
  }

  protected override async onForceFlush(): Promise<void> {}

  protected override async onShutdown(): Promise<void> {}
}

async function loadWriter(): Promise<PrometheusSerializer> {
  const { PrometheusSerializer: Writer } = await import('@opentelemetry/exporter-prometheus');
  const [prefix, appendTimestamp, constantLabels] = ['', false, undefined];
  return new Writer(prefix, appendTimestamp, constantLabels, true, true);
}
