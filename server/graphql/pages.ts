import type { GraphQLResolveInfo } from 'graphql';
import type { Given } from './call-of.ts';
import { selects } from './selected.ts';

/** A page as the contract answers it (`contract/kit/lists.ts`). */
interface Page {
  readonly items: readonly unknown[];
  readonly nextCursor: string | null;
  readonly cursors?: readonly string[];
  readonly total?: number;
}

const cursors = ['edges.cursor', 'pageInfo.startCursor', 'pageInfo.endCursor'];

/** What a page costs more is asked of the operation only where it is selected. */
export function askedOf(info: GraphQLResolveInfo): Given {
  return {
    ...(selects(info, 'totalCount') && { includeTotal: 'true' }),
    ...(cursors.some((path) => selects(info, path)) && { includeCursors: 'true' }),
  };
}

/** The page as a connection (Relay's specification). */
export function connectionOf(body: unknown, { after }: Given) {
  const { items, nextCursor, cursors: each = [], total } = body as Page;
  return {
    nodes: items,
    edges: items.map((node, at) => ({ node, cursor: each[at] })),
    pageInfo: {
      hasNextPage: nextCursor !== null,
      // Whoever comes from somewhere has passed it.
      hasPreviousPage: typeof after === 'string',
      startCursor: each[0],
      endCursor: each.at(-1),
    },
    totalCount: total,
  };
}
