import type { AnyAnswer } from './answer.ts';
import { unwrap } from './unwrap.ts';

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

/** All items of a list, page by page, fetched as they are asked for. Refusals are thrown. */
export async function* itemsOf<Item>(
  input: { readonly cursor?: string | undefined } | undefined,
  fetchPage: (input: { cursor?: string | undefined }) => Promise<AnyAnswer>,
): AsyncGenerator<Item, void, undefined> {
  let cursor = input?.cursor;
  do {
    const page: Page<Item> = await unwrap(
      fetchPage({ ...input, cursor }) as Promise<PageAnswer<Item>>,
    );
    yield* page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

interface PageAnswer<Item> extends AnyAnswer {
  readonly ok: true;
  readonly body: Page<Item>;
}
