import { problem } from '../platform/problem-error.ts';

/** What a request of GraphQL says (graphql.github.io/graphql-over-http). */
export interface GraphqlParams {
  readonly query?: string | undefined;
  /** Of a document that is kept here: `sha256:` and its hash. */
  readonly documentId?: string | undefined;
  readonly operationName?: string | undefined;
  readonly variables?: Fields | undefined;
  readonly extensions?: Fields | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** The inputs of the contract are far from it, and what looks through values does so by recursion. */
const maxNesting = 50;

/** @throws a problem `malformed_request`. */
export function paramsOf(text: string): GraphqlParams {
  const given = parsed(text);
  if (Array.isArray(given)) {
    throw unreadable('One operation per request: send those of a batch one by one.');
  }
  if (!isFields(given)) throw unreadable('The body is no JSON object.');
  return {
    query: textIn(given, 'query'),
    documentId: textIn(given, 'documentId'),
    operationName: textIn(given, 'operationName') || undefined,
    variables: fieldsIn(given, 'variables'),
    extensions: fieldsIn(given, 'extensions'),
  };
}

/** Of a GET: what is no text is JSON. @throws a problem `malformed_request`. */
export function paramsOfQuery(query: Fields): GraphqlParams {
  const json = ['variables', 'extensions'].flatMap((name) => {
    const text = textIn(query, name);
    return text === undefined || text === '' ? [] : [[name, parsed(text)] as const];
  });
  const { variables, extensions } = Object.fromEntries(json) as Fields;
  return {
    query: textIn(query, 'query'),
    documentId: textIn(query, 'documentId'),
    operationName: textIn(query, 'operationName') || undefined,
    variables: fieldsIn({ variables }, 'variables'),
    extensions: fieldsIn({ extensions }, 'extensions'),
  };
}

function parsed(text: string): unknown {
  assertShallow(text);
  try {
    return JSON.parse(text);
  } catch {
    // The reason quotes the body, which may hold a secret.
    throw problem('malformed_request');
  }
}

/** Looked at before it is parsed: a hundred kilobytes may be nested fifty thousand times. */
function assertShallow(text: string): void {
  let depth = 0;
  let isQuoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (isQuoted && char === '\\') at += 1;
    else if (char === '"') isQuoted = !isQuoted;
    else if (isQuoted) continue;
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
    if (depth > maxNesting) throw unreadable('The JSON is nested too deeply.');
  }
}

function textIn(given: Fields, name: string): string | undefined {
  const value = given[name] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw unreadable(`\`${name}\` is no text.`);
}

function fieldsIn(given: Fields, name: string): Fields | undefined {
  const value = given[name] ?? undefined;
  if (value === undefined || isFields(value)) return value;
  throw unreadable(`\`${name}\` is no JSON object.`);
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unreadable(detail: string) {
  return problem('malformed_request', { detail });
}
