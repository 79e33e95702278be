import type { ServerResponse } from 'node:http';
import type { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import {
  AggregationTemporality,
  InstrumentType,
  type MetricProducer,
  MetricReader,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import type { Log } from './log.ts';

/** Of the text format (https://prometheus.io/docs/instrumenting/exposition_formats/). */
const contentType = 'text/plain; version=0.0.4; charset=utf-8';

/** Less than a collector waits for a scrape: what a database that hangs does not tell is left out. */
const patienceMs = 2_000;

type Answered = 'whole' | 'in part' | 'not at all';

/**
 * Collects the metrics whenever they are asked for. OpenTelemetry's own exporter does that, too, but
 * it brings a server, and undici with it, into every start; its writer is loaded with the first
 * question.
 */
export class PrometheusReader extends MetricReader {
  readonly #log: Pick<Log, 'warn' | 'error'>;
  #writer: Promise<PrometheusSerializer> | undefined;
  /** Whoever asks meanwhile gets the same: of two collections at once, one would find no gauges. */
  #writing: Promise<string | undefined> | undefined;
  #last: Answered = 'whole';
  readonly #patienceMs: number;

  constructor(
    log: Pick<Log, 'warn' | 'error'>,
    metricProducers: MetricProducer[],
    waitsMs: number = patienceMs,
  ) {
    super({ metricProducers, aggregationTemporalitySelector: temporalityOf });
    this.#log = log;
    this.#patienceMs = waitsMs;
  }

  /**
   * Leaves out what cannot be read. Answers 500 where nothing can be: Prometheus then counts a failed
   * scrape.
   */
  async answer(res: ServerResponse): Promise<void> {
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
    const text = await this.#writing;
    if (text === undefined) res.writeHead(500).end();
    else res.writeHead(200, { 'Content-Type': contentType }).end(text);
  }

  /** Undefined where nothing can be read. */
  async #write(): Promise<string | undefined> {
    try {
      const { resourceMetrics, errors } = await this.collect({
        timeoutMillis: this.#patienceMs,
      });
      this.#writer ??= loadWriter();
      const text = (await this.#writer).serialize(withUnits(resourceMetrics));
      this.#note(errors.length === 0 ? 'whole' : 'in part', errors);
      return text;
    } catch (error) {
      this.#note('not at all', [error]);
      return undefined;
    }
  }

  /** When it begins, and not with every question: they come every few seconds. */
  #note(answered: Answered, errors: readonly unknown[]): void {
    const isNews = answered !== this.#last;
    this.#last = answered;
    if (!isNews) return;
    const log = this.#log;
    for (const err of errors) {
      if (answered === 'not at all') log.error({ err }, 'the metrics cannot be served');
      else log.warn({ err }, 'some metrics cannot be read; the others are served');
    }
  }

  protected override async onForceFlush(): Promise<void> {}

  protected override async onShutdown(): Promise<void> {}
}

const units: Readonly<Record<string, string>> = { s: 'seconds', By: 'bytes', '1': 'ratio' };

/** To Prometheus `_count` is a part of a histogram: it would complain of a gauge that ends so. */
const renamed: Readonly<Record<string, string>> = {
  'db.client.connection.count': 'db.client.connections',
};

/** Prometheus wants the unit in the name, and OpenTelemetry says so; its exporter forgets it. */
function withUnits(collected: ResourceMetrics): ResourceMetrics {
  const scopeMetrics = collected.scopeMetrics.map(({ scope, metrics }) => ({
    scope,
    metrics: metrics.map((metric) => {
      const { descriptor } = metric;
      const unit = units[descriptor.unit];
      const plain = renamed[descriptor.name] ?? descriptor.name;
      const name = unit ? `${plain}.${unit}` : plain;
      return { ...metric, descriptor: { ...descriptor, name } };
    }),
  }));
  return { ...collected, scopeMetrics };
}

/** A gauge that cannot be read now is not told: as a sum over time, it would keep its last value. */
function temporalityOf(instrument: InstrumentType): AggregationTemporality {
  return instrument === InstrumentType.OBSERVABLE_GAUGE
    ? AggregationTemporality.DELTA
    : AggregationTemporality.CUMULATIVE;
}

async function loadWriter(): Promise<PrometheusSerializer> {
  const { PrometheusSerializer: Writer } = await import('@opentelemetry/exporter-prometheus');
  const [prefix, appendTimestamp, constantLabels] = ['', false, undefined];
  return new Writer(prefix, appendTimestamp, constantLabels, true, true);
}
