import {
  type Deprecation,
  dayOf,
  deprecationHeaders,
} from '../../contract/kit/facets/deprecated.ts';
import type { Operation } from '../../contract/kit/operations.ts';
import type { Clock } from '../platform/clock.ts';
import type { CallContext } from '../platform/observability/call-context.ts';
import type { DeprecationMetrics } from '../platform/observability/deprecation-metrics.ts';
import { problem } from '../platform/problem-error.ts';

export interface DeprecationParts {
  readonly clock: Clock;
  /** Where the documentation is. */
  readonly publicUrl: string;
  readonly isServedAfterSunset: boolean;
  readonly metrics: DeprecationMetrics;
}

/** What a deprecated operation adds to the walk. */
export interface Deprecated {
  /** Stands on every answer, by name and value. */
  readonly headers: readonly (readonly [string, string])[];
  /** Counts who calls. @throws a problem `operation_gone` after the last day. */
  readonly admit: (call: Pick<CallContext, 'actor'>) => void;
}

/** @throws where callers are told to use what there is not, or what they use already. */
export function assertSuccessors(operations: readonly Operation[]): void {
  const names = new Set(operations.map(({ name }) => name));
  for (const { name, deprecation } of operations) {
    if (!deprecation || (names.has(deprecation.use) && deprecation.use !== name)) continue;
    throw new Error(
      `${name} declares metadata.deprecated with use: '${deprecation.use}', which is no other operation`,
    );
  }
}

export function deprecatedOf(
  { name, noun, operationId }: Operation,
  deprecation: Deprecation,
  { clock, publicUrl, isServedAfterSunset, metrics }: DeprecationParts,
): Deprecated {
  const { sunset, use } = deprecation;
  const end = dayOf(sunset);
  const page = `${publicUrl}/docs#/${noun}/${operationId}`;
  return {
    headers: Object.entries(deprecationHeaders(deprecation, page)),
    admit: ({ actor }) => {
      metrics.count(name, actor);
      if (isServedAfterSunset || clock.now() < end) return;
      throw problem('operation_gone', { detail: `${name} is gone since ${sunset}: use ${use}.` });
    },
  };
}
