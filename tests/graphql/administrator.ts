import type { TestApp } from '../kit/app.ts';
import { newPerson } from '../kit/callers.ts';
import { graphqlOf } from '../kit/graphql.ts';
import { quickSession } from '../kit/quick-session.ts';

/** What a mutation is refused with, as far as tests look at it. */
export const problem = '... on Problem { code status errors { in path code } }';

export const createUser = `mutation ($input: NewUserInput!, $idempotencyKey: String) {
  createUser(input: $input, idempotencyKey: $idempotencyKey) {
    __typename ... on User { id username fullName etag roles { name } } ${problem}
  }
}`;

/** Somebody new who may do everything, and how they ask. */
export async function anAdministrator(app: TestApp) {
  const session = await quickSession(app, { roles: ['admin'] });
  return { ...session, ask: graphqlOf(app, session.headers) };
}

/** The input of a new account. */
export function person() {
  const { email, username } = newPerson();
  return { email, username };
}

export interface Tagged {
  readonly id: string;
  readonly etag: string | null;
}
