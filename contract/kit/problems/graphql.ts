import type { ProblemKind } from './kind.ts';

/** What is wrong with what was asked over GraphQL as a whole. */
export const graphqlProblems = {
  invalid_document: {
    status: 400,
    title: 'The GraphQL document cannot be performed',
    prose:
      'It is not GraphQL, or it asks for what the schema does not have, or its variables are not of the types that it names. `message` says which, and `locations` where. Nothing was done. `docs/schema.graphql` holds the whole schema.',
  },
  document_too_costly: {
    status: 400,
    title: 'The GraphQL document asks for too much at once',
    prose:
      'It is larger, deeper or wider than one request may be, or more would have to be read for it. `message` says what was too much, and how much there may be; the same stands in `limit` and `most`. Nothing was done. Ask for smaller pages, or in several requests.',
  },
  unknown_document: {
    status: 400,
    title: 'This GraphQL document is not known here',
    prose:
      'This service performs only the documents that it was given, and the request names another one, or a document by its hash where none are kept. Nothing was done. Operators add documents to the file in `GRAPHQL_DOCUMENTS`.',
  },
} as const satisfies Record<string, ProblemKind>;
