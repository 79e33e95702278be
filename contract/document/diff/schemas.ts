import { compareBounds } from './bounds.ts';
import type { Report, Side, Spot } from './change.ts';
import type { Comparison } from './comparison.ts';
import { bySide } from './comparison.ts';
import { compareFields, compareItems } from './fields.ts';
import { compareVariants } from './options.ts';
import { compareProse } from './prose.ts';
import { shapeOf } from './read-shape.ts';
import { referenceIn } from './references.ts';
import type { Shape } from './shape.ts';
import { canonical, type Source } from './source.ts';
import { Unchanged } from './unchanged.ts';
import {
  compareDefault,
  compareFormat,
  compareListed,
  comparePattern,
  compareTypes,
} from './values.ts';
import type { Variants } from './variants.ts';

const schemas = '#/components/schemas/';
const lessNull = bySide('input-null-refused', 'answer-null-removed');
const moreNull = bySide('input-null-allowed', 'answer-null-added');
const waysOf: Readonly<Record<Side, string>> = {
  input: 'what is sent',
  output: 'answers',
  refusal: 'refusals',
};

/** Compares schemas: what is shared once for each way that it goes, however many operations hold it. */
export class Schemas implements Comparison {
  readonly before: Source;
  readonly after: Source;
  readonly report: Report;
  readonly today: string | undefined;
  readonly #seen = new Set<string>();
  readonly #unchanged: Unchanged;

  constructor(before: Source, after: Source, report: Report, today?: string) {
    this.before = before;
    this.after = after;
    this.report = report;
    this.today = today;
    this.#unchanged = new Unchanged(before, after);
  }

  schemas(before: unknown, after: unknown, spot: Spot): void {
    const [from, to] = [referenceIn(this.before, before), referenceIn(this.after, after)];
    if (!from || !to) {
      this.#once(before, after, spot);
      return;
    }
    if (from.hasNull && !to.hasNull) {
      this.report.add(lessNull[spot.side], spot, 'It may not be null any more.');
    } else if (to.hasNull && !from.hasNull) {
      this.report.add(moreNull[spot.side], spot, 'It may be null now.');
    }
    this.#shared(from.name, to.name, spot);
  }

  #shared(from: string, to: string, spot: Spot): void {
    const name = from === to ? from : `${from}, now ${to},`;
    const owner = `schema ${name} in ${waysOf[spot.side]}`;
    this.report.reach(spot, owner);
    if (this.#seen.has(owner)) return;
    this.#seen.add(owner);
    const place = { at: owner, owner, side: spot.side };
    if (from !== to) this.report.add('type-name-changed', place, `\`${from}\` → \`${to}\`.`);
    const [before, after] = [{ $ref: schemas + from }, { $ref: schemas + to }];
    this.#compare(before, after, place);
  }

  /** What holds itself is not entered again while it is being compared. */
  #once(before: unknown, after: unknown, spot: Spot): void {
    const [from, to] = [canonical(before), canonical(after)];
    if (from === to && this.#unchanged.isSame(from)) return;
    const key = `${spot.owner} ${spot.side} ${from} ${to}`;
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    this.#compare(before, after, spot);
    this.#seen.delete(key);
  }

  #compare(before: unknown, after: unknown, spot: Spot): void {
    compareProse(this, this.before.object(before), this.after.object(after), spot);
    const [from, to] = [shapeOf(this.before, before), shapeOf(this.after, after)];
    const alone = this.#oneToMany([before, from], [after, to]);
    if (alone) compareVariants(this, ...alone, spot);
    else compareShapes(this, from, to, spot);
  }

  /** One shape where there are several on the other side: it is one of them. */
  #oneToMany(
    [before, from]: readonly [unknown, Shape],
    [after, to]: readonly [unknown, Shape],
  ): [Variants, Variants] | undefined {
    const [old] = from.variants;
    const [now] = to.variants;
    if (old && !now && !from.types) return [old, only(after, to)];
    if (now && !old && !to.types) return [only(before, from), now];
    return undefined;
  }
}

function only(schema: unknown, { types }: Shape): Variants {
  return {
    options: [{ schema, names: [], values: [] }],
    hasNull: types?.has('null') === true,
    by: undefined,
  };
}

function compareShapes(comparison: Comparison, before: Shape, after: Shape, spot: Spot): void {
  if (!compareTypes(comparison, before, after, spot)) return;
  compareListed(comparison, before, after, spot);
  compareBounds(comparison, before, after, spot);
  comparePattern(comparison, before, after, spot);
  compareFormat(comparison, before, after, spot);
  compareDefault(comparison, before, after, spot);
  compareFields(comparison, before, after, spot);
  compareItems(comparison, before, after, spot);
  compareConditions(comparison, before, after, spot);
  compareHeirs(comparison, before, after, spot);
}

function compareHeirs(comparison: Comparison, before: Shape, after: Shape, spot: Spot): void {
  const nobody: Variants = { options: [], hasNull: false, by: undefined };
  const { heirs: from = nobody } = before;
  const { heirs: to = nobody } = after;
  // Where nothing was told apart until now, whoever reads the fields of all goes on so.
  if (from !== nobody) compareVariants(comparison, from, to, spot);
}

const conditions = bySide('input-condition-changed', 'answer-condition-changed');

function compareConditions(comparison: Comparison, before: Shape, after: Shape, spot: Spot): void {
  const { report } = comparison;
  if (before.conditions !== after.conditions) {
    report.add(conditions[spot.side], spot, 'A condition on the whole changed.');
  }
  before.variants.forEach((variants, at) => {
    const now = after.variants[at];
    if (now) compareVariants(comparison, variants, now, spot);
  });
  if (before.variants.length !== after.variants.length) {
    report.add(conditions[spot.side], spot, 'One of several shapes, where it was not so.');
  }
}
