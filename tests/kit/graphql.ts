import type { TestApp } from './app.ts';

/** What came of a document. */
export interface GraphqlAnswer {
  readonly status: number;
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: Record<string, unknown>;
  }[];
}

/** Sends documents to the app's GraphQL with these headers. */
export function graphqlOf(app: Pick<TestApp, 'request'>, headers: Record<string, string> = {}) {
  return async (query: string, variables?: Record<string, unknown>): Promise<GraphqlAnswer> => {
    const response = await app.request('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.status, ...((await response.json()) as object) };
  };
}

/** What came of a field. */
export function fieldOf<Found>({ data, errors }: GraphqlAnswer, name: string): Found {
  if (!data) throw new Error(`There is no data: ${JSON.stringify(errors)}`);
  return data[name] as Found;
}

/** The refusal in an answer to one field: an error of a query, a result of a mutation. */
export function problemIn({
  data,
  errors = [],
}: GraphqlAnswer): Record<string, unknown> | undefined {
  const [error] = errors;
  if (error) {
    if (typeof error.extensions?.['status'] !== 'number') throw new Error(error.message);
    return { detail: error.message, ...error.extensions };
  }
  const [found] = Object.values(data ?? {}) as (Record<string, unknown> | null)[];
  return found?.['__typename'] === 'Problem' ? found : undefined;
}
