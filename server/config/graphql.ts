import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { section, when } from './section.ts';
import { flag, whole } from './values.ts';

const sha256 = /^[0-9a-f]{64}$/;

/** A file of documents by the SHA-256 of their text; what it says, so that a mistake is noticed at the start. */
const documents = z.string().transform((path, context) => {
  try {
    const given = z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(path, 'utf8')));
    const known = new Map(Object.entries(given));
    for (const [hash, text] of known) {
      if (sha256.test(hash) && createHash('sha256').update(text).digest('hex') === hash) continue;
      context.addIssue(`${hash} is not the SHA-256 of its document; make the file again`);
    }
    return known;
  } catch (error) {
    const { code = 'write {"<sha256>": "query …"}' } = error as NodeJS.ErrnoException;
    context.addIssue(`cannot be read (${code})`);
    return z.NEVER;
  }
});

export const graphql = section({
  settings: {
    GRAPHQL: flag.default(true),
    GRAPHQL_INTROSPECTION: flag.optional(),
    GRAPHQL_DOCUMENTS: documents.optional(),
    GRAPHQL_MAX_TOKENS: whole(100, 10_000).default(2_000),
    GRAPHQL_MAX_DEPTH: whole(2, 50).default(10),
    GRAPHQL_MAX_BREADTH: whole(1, 1_000).default(100),
    GRAPHQL_MAX_ALIASES: whole(0, 1_000).default(30),
    GRAPHQL_MAX_DIRECTIVES: whole(0, 1_000).default(50),
    GRAPHQL_MAX_COST: whole(1, 1_000_000).default(2_000),
    GRAPHQL_TIMEOUT_MS: whole(1, 600_000).default(10_000),
    GRAPHIQL: flag.optional(),
  },
  build: (given, { isProduction }) => ({
    isOn: given.GRAPHQL,
    /** Whether callers may ask for the schema, and are told what they may have meant. */
    isOpen: given.GRAPHQL_INTROSPECTION ?? !isProduction,
    /** Undefined performs any; else these alone, by the SHA-256 of their text. */
    documents: given.GRAPHQL_DOCUMENTS,
    limits: {
      tokens: given.GRAPHQL_MAX_TOKENS,
      depth: given.GRAPHQL_MAX_DEPTH,
      breadth: given.GRAPHQL_MAX_BREADTH,
      aliases: given.GRAPHQL_MAX_ALIASES,
      directives: given.GRAPHQL_MAX_DIRECTIVES,
      cost: given.GRAPHQL_MAX_COST,
    },
    /** After which a request begins nothing more. */
    timeoutMs: given.GRAPHQL_TIMEOUT_MS,
    hasGraphiql: given.GRAPHQL && (given.GRAPHIQL ?? !isProduction),
  }),
  refuse: ({ GRAPHIQL }) =>
    when(
      GRAPHIQL === true,
      'GRAPHIQL: is on; leave it out, the page is made for development alone',
    ),
});

export type GraphqlConfig = ReturnType<typeof graphql.build>;
export type GraphqlLimits = GraphqlConfig['limits'];
