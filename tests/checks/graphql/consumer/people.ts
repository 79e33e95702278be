import { initGraphQLTada, type ResultOf, type VariablesOf } from 'gql.tada';
import type { introspection } from './graphql-env.d.ts';

export const graphql = initGraphQLTada<{
  introspection: introspection;
  scalars: { Instant: string; SafeInt: number; JSON: unknown };
}>();

export const People = graphql(`
  query People($first: Int, $sort: UsersSort) {
    users(first: $first, sort: $sort) {
      nodes {
        __typename
        ... on User { username email createdAt roles { name permissions } }
        ... on UserSummary { username }
      }
      pageInfo { endCursor hasNextPage }
    }
  }
`);

export const CreateUser = graphql(`
  mutation CreateUser($input: NewUserInput!) {
    createUser(input: $input) {
      __typename
      ... on User { id etag }
      ... on Problem { code detail }
    }
  }
`);

/** What a frontend makes of it: nothing here is typed by hand. */
export function emailsOf({ users }: ResultOf<typeof People>): string[] {
  return (users?.nodes ?? []).flatMap((one) => (one.__typename === 'User' ? [one.email] : []));
}

export function isTaken({ createUser }: ResultOf<typeof CreateUser>): boolean {
  return createUser?.__typename === 'Problem' && createUser.code === 'email_taken';
}

export const first: VariablesOf<typeof People> = { first: 20, sort: 'createdAt_desc' };
