import type { Counter, Histogram, Meter } from '@opentelemetry/api';

const costBoundaries = [1, 5, 10, 50, 100, 250, 500, 1_000, 2_000, 5_000, 10_000];

/** What a document may be refused for, as a whole. */
const reasons = [
  'tokens',
  'operations',
  'depth',
  'breadth',
  'aliases',
  'directives',
  'cost',
  'unknown',
  'invalid',
];

/** Counts what is asked over GraphQL: its requests and operations are counted as all others are. */
export class GraphqlMetrics {
  readonly #costs: Histogram;
  readonly #refusals: Counter;

  constructor(meter: Meter) {
    this.#costs = meter.createHistogram('charter.graphql.cost', {
      description: 'What documents that were performed cost, in the units of GRAPHQL_MAX_COST.',
      advice: { explicitBucketBoundaries: costBoundaries },
    });
    this.#refusals = meter.createCounter('charter.graphql.refused', {
      unit: '{document}',
      description: 'Number of documents of which nothing was performed, by what was wrong.',
    });
    // Whoever looks at an increase must find a series that begins with 0.
    for (const reason of reasons) this.#refusals.add(0, { reason });
  }

  recordCost(cost: number, kind: 'query' | 'mutation' | 'subscription'): void {
    this.#costs.record(cost, { kind });
  }

  countRefused(reason: string): void {
    this.#refusals.add(1, { reason });
  }
}
