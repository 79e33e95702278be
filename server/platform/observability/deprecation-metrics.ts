import type { Counter, Meter } from '@opentelemetry/api';
import type { Actor } from '../auth/actor.ts';

/** Programs of an operation that have a series of their own; all further ones share `other`. */
const mostPrograms = 20;

/**
 * Counts who still calls what is deprecated: programs by their public id, since each of them has somebody who
 * changes it; people are one series, for they all have the same frontend. So an operation has 23 at most.
 */
export class DeprecationMetrics {
  readonly #calls: Counter;
  readonly #programs = new Map<string, Set<string>>();

  constructor(meter: Meter) {
    this.#calls = meter.createCounter('charter.deprecated.calls', {
      unit: '{call}',
      description: 'Number of calls of deprecated operations, by who called.',
    });
  }

  count(operation: string, actor: Actor | undefined): void {
    this.#calls.add(1, { operation, caller: this.#nameOf(operation, actor) });
  }

  #nameOf(operation: string, actor: Actor | undefined): string {
    if (!actor) return 'nobody';
    const program = actor.apiKey?.id ?? (actor.kind === 'person' ? undefined : actor.id);
    if (program === undefined) return 'person';
    const known = this.#programs.get(operation) ?? new Set();
    this.#programs.set(operation, known);
    if (known.size < mostPrograms) known.add(program);
    return known.has(program) ? program : 'other';
  }
}
