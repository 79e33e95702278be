import { type Attributes, ValueType } from '@opentelemetry/api';
import { millisToHrTime } from '@opentelemetry/core';
import {
  AggregationTemporality,
  type CollectionResult,
  DataPointType,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics';
import { service } from '../../../contract/service.ts';

export interface HistogramOptions {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  /** Upper bounds of the buckets, ascending; above the last there is one more. */
  readonly boundaries: readonly number[];
}

/** A value is observed in this series. */
export type Observe = (value: number) => void;

/**
 * A histogram whose series are bound to their attributes once. The instruments of the SDK know no
 * such thing: they sort and hash the attributes of every value, which costs more than counting it.
 * Readers of the SDK take it as one of their `metricProducers`, cumulative since the start.
 */
export class BoundHistogram implements MetricProducer {
  readonly #options: HistogramOptions;
  readonly #series: Series[] = [];
  readonly #startTime = millisToHrTime(Date.now());

  constructor(options: HistogramOptions) {
    this.#options = options;
  }

  /** A new series. Whoever asks keeps it: the same attributes again would be a second one. */
  bind(attributes: Attributes): Observe {
    const series = new Series(attributes, this.#options.boundaries);
    this.#series.push(series);
    return (value) => series.observe(value);
  }

  async collect(): Promise<CollectionResult> {
    const { name, unit, description, boundaries } = this.#options;
    const endTime = millisToHrTime(Date.now());
    const metric = {
      descriptor: { name, unit, description, valueType: ValueType.DOUBLE },
      aggregationTemporality: AggregationTemporality.CUMULATIVE,
      dataPointType: DataPointType.HISTOGRAM as const,
      dataPoints: this.#series.map(({ attributes, counts, count, sum }) => ({
        startTime: this.#startTime,
        endTime,
        attributes,
        value: { buckets: { boundaries: [...boundaries], counts: [...counts] }, count, sum },
      })),
    };
    return {
      resourceMetrics: {
        // A reader takes the one of its own provider.
        resource: undefined as never,
        scopeMetrics: [{ scope: { name: service.name }, metrics: [metric] }],
      },
      errors: [],
    };
  }
}

class Series {
  readonly attributes: Attributes;
  readonly counts: number[];
  readonly #boundaries: readonly number[];
  count = 0;
  sum = 0;

  constructor(attributes: Attributes, boundaries: readonly number[]) {
    this.attributes = attributes;
    this.#boundaries = boundaries;
    this.counts = new Array(boundaries.length + 1).fill(0);
  }

  observe(value: number): void {
    let bucket = 0;
    while (value > (this.#boundaries[bucket] ?? Number.POSITIVE_INFINITY)) bucket += 1;
    this.counts[bucket] = (this.counts[bucket] ?? 0) + 1;
    this.count += 1;
    this.sum += value;
  }
}
