import type { Variants } from './variants.ts';

/** A schema as it is compared: `allOf` put together, both versions of OpenAPI in the same words. */
export interface Shape {
  /** Nothing said: any. `number` stands for integers, too. */
  readonly types: ReadonlySet<string> | undefined;
  readonly values: readonly unknown[] | undefined;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly required: ReadonlySet<string>;
  /** What other fields may be: nothing said is anything. */
  readonly others: unknown;
  readonly items: unknown;
  readonly firstItems: readonly unknown[];
  readonly least: Readonly<Record<Measure, Bound | undefined>>;
  readonly most: Readonly<Record<Measure, Bound | undefined>>;
  readonly multipleOf: number | undefined;
  readonly isUnique: boolean;
  readonly patterns: ReadonlySet<string>;
  readonly format: string | undefined;
  readonly default: unknown;
  readonly variants: readonly Variants[];
  /** The schemas that build on it, where a discriminator tells them apart and nothing lists them. */
  readonly heirs: Variants | undefined;
  /** Conditions that are compared as a whole: `not`, `if`, `patternProperties` and the like. */
  readonly conditions: string;
  readonly mayGrow: boolean;
}

export type Measure = 'value' | 'length' | 'items' | 'fields' | 'bytes';

export interface Bound {
  readonly at: number;
  readonly isExclusive: boolean;
}
