import * as z from 'zod';
import { queryBoolean, queryInteger } from './scalars.ts';

const maxLimit = 200;
/** Rows of a page where nobody says how many. */
export const usualLimit = 50;
/** Room for a value of 700 characters, four bytes each: lists sort by nothing longer. */
const maxCursor = 4000;

const Cursor = z
  .string()
  .max(maxCursor)
  .regex(/^[A-Za-z0-9_-]+$/);

/** What a keyset page answers. `nextCursor` is null on the last page. */
export function pageOf<Item extends z.ZodType>(item: Item, id: string) {
  return z
    .object({
      items: z.array(item).max(maxLimit).describe('The rows of this page, in the order asked for.'),
      nextCursor: Cursor.nullable().describe(
        'Send it as `cursor` for the next page; null on the last one.',
      ),
      cursors: z
        .array(Cursor)
        .max(maxLimit)
        .optional()
        .describe('Where each row of this page is, as a `cursor`; only with `includeCursors`.'),
      total: z.int().min(0).optional().describe('All rows that match; only with `includeTotal`.'),
    })
    .meta({
      id,
      description: 'One page of a list.',
      examples: [{ items: item.meta()?.examples ?? [], nextCursor: null }],
    });
}

/** The query of a list: keyset paging, a closed list of sort orders, and the noun's filters. */
export function listQuery<
  const Sort extends readonly [string, ...string[]],
  Filters extends z.ZodRawShape,
>({ sort, filters }: { sort: Sort; filters: Filters }) {
  const orders = sort.flatMap((name) => [name, `-${name}`]) as unknown as [
    Sort[number] | `-${Sort[number]}`,
  ];
  return z.strictObject({
    limit: queryInteger({
      min: 1,
      max: maxLimit,
      default: usualLimit,
      description: 'Rows per page.',
    }).optional(),
    cursor: Cursor.min(1)
      .describe('`nextCursor` of the page before. Keep the other parameters as they were.')
      .optional(),
    sort: z
      .enum(orders)
      .describe(
        'The order; `-` in front for descending. Rows without a value come last, either way.',
      )
      .optional(),
    includeTotal: queryBoolean({ description: 'Count all matching rows as well.' }).optional(),
    includeCursors: queryBoolean({
      description: 'Answer the cursor of each row as well: a list can be gone on with from any.',
    }).optional(),
    ...filters,
  });
}

/** How many things a batch answers at most. */
export const maxKeys = 200;

/** Keys in a query, separated by commas: what is asked for twice is answered once. */
export function keyList<Key extends z.ZodType<string, string>>(
  key: Key,
  { maxKeyLength, ...wire }: { maxKeyLength: number; description: string; examples: string[] },
) {
  const maxLength = maxKeys * (maxKeyLength + 1) - 1;
  return z
    .string()
    .min(1)
    .max(maxLength)
    .transform((keys) => [...new Set(keys.split(','))])
    .pipe(z.array(key).max(maxKeys))
    .meta({ wire: { type: 'string', minLength: 1, maxLength, ...wire } });
}

/** What a batch answers: what there is of it, in no order. */
export function batchOf<Item extends z.ZodType>(item: Item, id: string) {
  return z.object({ items: z.array(item).max(maxKeys) }).meta({
    id,
    description: 'Those of the things asked for that there are, and that the caller may see.',
    examples: [{ items: item.meta()?.examples ?? [] }],
  });
}
