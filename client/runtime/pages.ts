import type { AnyAnswer } from './answer.ts';
import type { CallOptions } from './connection.ts';
import { type BodyOf, unwrap } from './unwrap.ts';

export interface ListOptions extends CallOptions {
  /** Ends after so many items. All there are, when left out. */
  readonly maxItems?: number | undefined;
}

/** Where a page begins: nowhere for the first one. */
export interface NextPage {
  readonly cursor?: string | undefined;
}

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/**
 * Page by page, each fetched when it is asked for. Refusals are thrown. The first page is asked for
 * as the caller does, the others with the cursor of the page before:
 *
 *     pagesOf((next) => charter.users.list({ search: 'ada', ...next }))
 */
export async function* pagesOf<Answer extends AnyAnswer>(
  fetchPage: (next: NextPage) => Promise<Answer>,
): AsyncGenerator<BodyOf<Answer>, void, undefined> {
  let next: NextPage | undefined = {};
  while (next) {
    const page = await unwrap(fetchPage(next));
    yield page;
    const { nextCursor } = page as Page<unknown>;
    next = nextCursor ? { cursor: nextCursor } : undefined;
  }
}

/** All items of a list, page by page, fetched as they are asked for. */
export async function* itemsOf<Item>(
  fetchPage: (next: NextPage) => Promise<AnyAnswer>,
  { maxItems = Infinity }: ListOptions = {},
): AsyncGenerator<Item, void, undefined> {
  let left = maxItems;
  if (left <= 0) return;
  for await (const { items } of pagesOf(fetchPage as () => Promise<PageAnswer<Item>>)) {
    yield* items.slice(0, left);
    left -= items.length;
    if (left <= 0) return;
  }
}

interface PageAnswer<Item> extends AnyAnswer {
  readonly ok: true;
  readonly body: Page<Item>;
}

/** What comes bit by bit, in an array. */
export async function toArray<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}
