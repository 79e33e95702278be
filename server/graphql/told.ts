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

interface Teller {
  readonly publicUrl: string;
  readonly metrics: GraphqlMetrics;
  /** Whether callers are told what they may have meant: it tells the schema, name by name. */
  readonly isOpen: boolean;
}

export function telling({ publicUrl, metrics, isOpen }: Teller): Telling {
  return (errors, { requestId, isWhole }) => {
    return errors.map((error) => {
      const { http, requestId: told, limit, most } = error.extensions as Marks;
      // What an operation refused is a problem already.
      if (told !== undefined) return isWhole ? withStatus(error) : error;
      if (isWhole && error === errors[0]) metrics.countRefused(reasonOf(error));
      const { detail, ...problem } = problemOf(refusalOf(error, isOpen), requestId, publicUrl);
      // Who knows no other type than JSON is told by the body alone (GraphQL over HTTP, 6.4.1).
      const status = isWhole && { http: http ?? { status: problem.status, spec: true } };
      const { nodes, source, positions, path } = error;
      const past = limit !== undefined && { limit, most };
      const extensions = { ...problem, ...past, ...status };
      return new GraphQLError(detail, { nodes, source, positions, path, extensions });
    });
  };
}

/** A subscription that was refused has no data: its status says so (GraphQL over HTTP, 6.4.2). */
function withStatus(error: GraphQLError): GraphQLError {
  const { message, nodes, source, positions, path, extensions } = error;
  const { status } = extensions as { readonly status: number };
  const http = { status, spec: true };
  const more = { ...extensions, http };
  return new GraphQLError(message, { nodes, source, positions, path, extensions: more });
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

function refusalOf({ message, extensions }: GraphQLError, isOpen: boolean): ProblemError {
  const { limit, isOurs, http } = extensions as Marks & { readonly isOurs?: boolean };
  if (isOurs) return problem('internal_error');
  if (limit !== undefined) return problem('document_too_costly', { detail: message });
  const code = http?.status === 405 ? 'method_not_allowed' : 'invalid_document';
  const detail = withoutValues(message);
  return problem(code, { detail: isOpen ? detail : withoutSuggestions(detail) });
}

/** `Variable "$input" got invalid value { password: "…" }; Field …`: a value is never repeated. */
function withoutValues(message: string): string {
  const [named] = /^Variable "\$\w+"/.exec(message) ?? [];
  if (!named || !message.includes(' got invalid value ')) return message;
  const [, reason = ''] = knownReason.exec(message) ?? [];
  return `${named} has a value that its type does not take.${reason}`;
}

/** What is wrong inside of an input, where it is told in names of types and fields alone. */
const knownReason =
  /;( Field "\w+" (?:of required type "[\w![\]]+" was not provided|is not defined by type "\w+")\.)[^;]*$/;

/** GraphQL's own rules leave them out when told to; what reads variables does not. */
function withoutSuggestions(message: string): string {
  return message.replace(/,? did you mean .*\?$/is, '');
}

function reasonOf(error: GraphQLError | undefined): string {
  const { limit } = (error?.extensions ?? {}) as Marks;
  return limit ?? 'invalid';
}
