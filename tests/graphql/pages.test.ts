import { beforeAll, describe, expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { insertUser } from '../kit/build.ts';
import { newPerson } from '../kit/callers.ts';
import { fieldOf, graphqlOf } from '../kit/graphql.ts';
import { quickSession } from '../kit/quick-session.ts';

const app = useApp();
const tag = newPerson().username;
const names = Array.from({ length: 23 }, (_, at) => `${tag}-${String(at).padStart(2, '0')}`);
let ask: ReturnType<typeof graphqlOf>;

beforeAll(async () => {
  for (const username of names) await insertUser(app, { username });
  const { headers } = await quickSession(app, { roles: ['admin'] });
  ask = graphqlOf(app, headers);
});

interface Connection {
  readonly edges: { cursor: string; node: { username: string } }[];
  readonly nodes: { username: string }[];
  readonly totalCount: number | null;
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

async function page(selection: string, variables: object): Promise<Connection> {
  const answer = await ask(
    `query ($first: Int, $after: String, $search: String, $sort: UsersSort) {
      users(first: $first, after: $after, search: $search, sort: $sort) { ${selection} }
    }
    fragment name on User { username }`,
    { search: `${tag}-`, ...variables },
  );
  expect(answer.errors).toBeUndefined();
  return fieldOf<Connection>(answer, 'users');
}

const info = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';
const all = `edges { cursor node { ...name } } ${info} totalCount nodes { ...name }`;

/** Goes on until there is nothing more, from where `cursorOf` says. */
async function walk(selection: string, cursorOf: (page: Connection) => string, more: object = {}) {
  const pages: Connection[] = [];
  let after: string | null = null;
  do {
    const next = await page(selection, { first: 5, after, ...more });
    pages.push(next);
    after = next.pageInfo.hasNextPage ? cursorOf(next) : null;
  } while (after !== null);
  return pages;
}

const namesIn = (pages: readonly Connection[]) =>
  pages.flatMap(({ edges, nodes }) =>
    (nodes ?? edges.map(({ node }) => node)).map((one) => one.username),
  );

describe('the pages of a connection', () => {
  it('hold each row once, to the end, by the end of the page before', async () => {
    const selection = `nodes { ...name } ${info}`;
    const pages = await walk(selection, ({ pageInfo }) => pageInfo.endCursor ?? '');
    expect(namesIn(pages)).toEqual(names);
    expect(pages.map(({ pageInfo }) => [pageInfo.hasPreviousPage, pageInfo.hasNextPage])).toEqual([
      [false, true],
      ...Array.from({ length: 3 }, () => [true, true]),
      [true, false],
    ]);
  });

  it('and by the cursor of the last edge, in the other order, too', async () => {
    const selection = 'edges { cursor node { ...name } } pageInfo { hasNextPage }';
    const lastOf = ({ edges }: Connection) => edges.at(-1)?.cursor ?? '';
    const sort = 'username_desc';
    const pages = await walk(selection, lastOf, { sort });
    expect(namesIn(pages)).toEqual(names.toReversed());
  });

  it('begin where any edge says', async () => {
    const { edges, pageInfo } = await page(all, { first: 10 });
    expect([pageInfo.startCursor, pageInfo.endCursor]).toEqual([
      edges[0]?.cursor,
      edges.at(-1)?.cursor,
    ]);
    const middle = await page(all, { first: 3, after: edges[3]?.cursor });
    expect(namesIn([middle])).toEqual(names.slice(4, 7));
    expect(middle.totalCount).toBe(names.length);
  });

  it('may be empty', async () => {
    expect(await page(all, { search: `${tag}-nobody` })).toEqual({
      ...{ edges: [], nodes: [], totalCount: 0 },
      pageInfo: {
        ...{ hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
      },
    });
  });
});
