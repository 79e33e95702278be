import { GraphQLError } from 'graphql';
import { problemOf } from '../operations/refusal.ts';
import type { GraphqlMetrics } from '../platform/observability/graphql-metrics.ts';
import type { Log } from '../platform/observability/log.ts';
import { type ProblemError, problem } from '../platform/problem-error.ts';

interface Answer {
  readonly requestId: string;
  /** Nothing was performed: the errors are the answer. */
  readonly isWhole: boolean;
}

/** Gives the errors of an answer the shape that all refusals have. */
export type Telling = (errors: readonly GraphQLError[], answer: Answer) => GraphQLError[];

interface Marks {
  readonly http?: { readonly status?: number };
  readonly requestId?: string;
  readonly limit?: string;
  readonly most?: number;
}

export function telling(publicUrl: string, metrics: GraphqlMetrics): Telling {
  return (errors, { requestId, isWhole }) => {
    if (isWhole) metrics.countRefused(reasonOf(errors[0]));
    return errors.map((error) => {
      const { http, requestId: isTold, ...marks } = error.extensions as Marks;
      // What an operation refused is a problem already.
      if (isTold !== undefined) return error;
      const { detail, ...told } = problemOf(refusalOf(error), requestId, publicUrl);
      // Who knows no other type than JSON is told by the body alone (GraphQL over HTTP, 6.4.1).
      const status = isWhole && { http: http ?? { status: told.status, spec: true } };
      const { nodes, source, positions, path } = error;
      const extensions = { ...told, ...marks, ...status };
      return new GraphQLError(detail, { nodes, source, positions, path, extensions });
    });
  };
}

/** What nobody foresaw: the log has it, and the caller learns no more than by HTTP. */
export function masking(log: Log) {
  return (error: unknown): Error => {
    if (error instanceof GraphQLError && isGraphqls(error)) return error;
    log.error({ err: original(error) }, 'request failed');
    const { nodes, source, positions, path } = error instanceof GraphQLError ? error : {};
    const cause = problem('internal_error');
    return new GraphQLError(cause.message, {
      ...{ nodes, source, positions, path },
      extensions: { isOurs: true },
    });
  };
}

function isGraphqls({ originalError }: GraphQLError): boolean {
  if (originalError === undefined || originalError === null) return true;
  return originalError instanceof GraphQLError && isGraphqls(originalError);
}

function original(error: unknown): unknown {
  return error instanceof GraphQLError ? (error.originalError ?? error) : error;
}

function refusalOf({ message, extensions }: GraphQLError): ProblemError {
  const { limit, isOurs, http } = extensions as Marks & { readonly isOurs?: boolean };
  if (isOurs) return problem('internal_error');
  if (limit !== undefined) return problem('document_too_costly', { detail: message });
  const code = http?.status === 405 ? 'method_not_allowed' : 'invalid_document';
  return problem(code, { detail: withoutValues(message) });
}

/** `Variable "$input" got invalid value { password: "…" }; Expected …`: a value is never repeated. */
function withoutValues(message: string): string {
  if (!message.startsWith('Variable "$')) return message;
  return message
    .replace(/ got invalid value .*; (?=[^;]*$)/s, ' is not what its type takes: ')
    .replace(/(cannot represent [^:]*): .*$/s, '$1.')
    .replace(/Value ".*" does not exist/s, 'The value does not exist');
}

function reasonOf(error: GraphQLError | undefined): string {
  const { limit } = (error?.extensions ?? {}) as Marks;
  return limit ?? 'invalid';
}
