import { canonical, objectIn, type Source } from './source.ts';
import { isNothing, listedIn, type Option, variantsOf } from './variants.ts';

/**
 * Of several shapes those that are several shapes themselves, shape by shape: `Pet` is `Cat` and `Dog`. What
 * stands beside them already comes once.
 */
export function spreadOut(
  source: Source,
  left: readonly Option[],
  all: readonly Option[],
): readonly Option[] {
  const known = new Set(all.map(({ schema }) => canonical(schema)));
  return left.flatMap((option) => {
    const inner = shapesIn(source, option.schema, []);
    return inner?.filter(({ schema }) => !known.has(canonical(schema))) ?? [option];
  });
}

/** @param open references that lead here: what holds itself adds nothing. */
function shapesIn(
  source: Source,
  schema: unknown,
  open: readonly string[],
): readonly Option[] | undefined {
  const { value, pointer } = source.resolve(schema);
  const list = listedIn(value, ['discriminator']);
  if (!list) return undefined;
  if (pointer !== undefined && open.includes(pointer)) return [];
  const below = pointer === undefined ? open : [...open, pointer];
  const options = list.filter((option) => !isNothing(source, option));
  // What is nothing under a name is found nowhere else: this is no mere list of shapes.
  if (below.length > 0 && options.length < list.length) return undefined;
  return variantsOf(source, objectIn(value), options).options.flatMap(
    (option) => shapesIn(source, option.schema, below) ?? [option],
  );
}
