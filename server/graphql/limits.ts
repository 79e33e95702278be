import { type DocumentNode, GraphQLError, parse, type Source } from 'graphql';
import type { GraphqlLimits } from '../config/graphql.ts';
import { exceeding } from './problems.ts';
import { sizeOf } from './size.ts';

/** Stops at the last token that there may be: what comes after it is not read. */
export function parseWithin(text: string | Source, { tokens }: GraphqlLimits): DocumentNode {
  try {
    return parse(text, { maxTokens: tokens });
  } catch (error) {
    // Its parser has no other way to say so. Nor has ours to fall: it calls itself for what is nested.
    const isTooLong = error instanceof GraphQLError && error.message.includes(' tokens. Parsing');
    if (!isTooLong && !(error instanceof RangeError)) throw error;
    throw exceeding('tokens', tokens, `The document has more than ${tokens} tokens.`);
  }
}

/** What is too much in a document as it is written: found before it is validated. */
export function excessOf(document: DocumentNode, limits: GraphqlLimits): GraphQLError | undefined {
  const size = sizeOf(document);
  const { tokens, depth, breadth, aliases, directives } = limits;
  const checks = [
    ['operations', size.operations, 1, 'holds more than one operation; send one per request'],
    // Written out, it may be no longer than it may be written.
    ['tokens', size.fields, tokens, `asks for more than ${tokens} fields in all`],
    ['depth', size.depth, depth, `is deeper than ${depth} fields`],
    ['breadth', size.breadth, breadth, `asks for more than ${breadth} fields in one place`],
    ['aliases', size.aliases, aliases, `has more than ${aliases} aliases`],
    ['directives', size.directives, directives, `has more than ${directives} directives`],
  ] as const;
  const found = checks.find(([, measured, most]) => measured > most);
  if (!found) return undefined;
  const [limit, , most, says] = found;
  return exceeding(limit, most, `The document ${says}.`);
}

export function costExcess(cost: number, { cost: most }: GraphqlLimits): GraphQLError | undefined {
  if (cost <= most) return undefined;
  return exceeding('cost', most, `The document costs ${cost}, and ${most} at most may be asked.`);
}
