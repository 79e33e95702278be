import type { Json } from '../../kit/json.ts';
import { draw, type Seed } from './draw.ts';

interface NumberPlace {
  readonly schema: Json;
  readonly seed: Seed;
  readonly hint: unknown;
  readonly isExact: boolean;
}

interface Bounds {
  readonly type?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
}

/** A number within its bounds, of about the size of its example. */
export function numberFor({ schema, seed, hint, isExact }: NumberPlace): number {
  const {
    minimum = 0,
    maximum = minimum + 1_000_000,
    examples = [],
    default: usual,
  } = schema as Bounds;
  const example = [hint, examples[0], usual].find((one) => typeof one === 'number');
  const bounded = (value: number) => Math.min(maximum, Math.max(minimum, value));
  if (isExact) return bounded(example ?? minimum);
  const highest = example === undefined ? maximum : bounded(2 * example + 3);
  return minimum + draw(seed, Math.min(highest - minimum + 1, 2 ** 31));
}
