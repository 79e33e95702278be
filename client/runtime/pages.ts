import type { AnyAnswer } from './answer.ts';
import { unwrap } from './unwrap.ts';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/**
 * All items of a list, page by page, fetched as they are asked for. Refusals are thrown. The first
 * page is asked for as the caller did, the others with the cursor of the page before.
 */
export async function* itemsOf<Item>(
  fetchPage: (next: { cursor?: string | undefined }) => Promise<AnyAnswer>,
): AsyncGenerator<Item, void, undefined> {
  let next: { cursor?: string } | undefined = {};
  while (next) {
    const page: Page<Item> = await unwrap(fetchPage(next) as Promise<PageAnswer<Item>>);
    yield* page.items;
    next = page.nextCursor ? { cursor: page.nextCursor } : undefined;
  }
}

interface PageAnswer<Item> extends AnyAnswer {
  readonly ok: true;
  readonly body: Page<Item>;
}
