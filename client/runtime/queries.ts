import type { Problem } from '../generated/schemas.ts';
import type { AnyAnswer } from './answer.ts';
import type { CallOptions, Connection } from './connection.ts';
import { type AnswerError, NetworkError } from './errors.ts';
import type { ProblemErrorOf } from './is-problem.ts';
import type { Signal } from './platform.ts';
import { type BodyOf, type CodeOf, unwrap } from './unwrap.ts';

/** `['charter', 'users', 'get', { userId }, baseUrl]`. One that ends earlier stands for all that begin so. */
export type Key = readonly [service: string, ...parts: unknown[]];

/** What an operation fails with, after `unwrap`: a refusal has one of the codes that it declares. */
export type FailureOf<Answer> =
  | ProblemErrorOf<CodeOf<Answer> & Problem['code']>
  | AnswerError
  | NetworkError;

// Told by shape: it fits every adapter of TanStack Query 5, whichever is installed, and needs none.

interface Fails<Answer> {
  readonly retry: (failures: number, error: FailureOf<Answer>) => boolean;
  /** Yours to set: it stands here so that `useQueries`, too, knows the type of the error. */
  readonly throwOnError?: (error: FailureOf<Answer>) => boolean;
}

export interface Query<Answer extends AnyAnswer> extends Fails<Answer> {
  readonly queryKey: Key;
  readonly queryFn: (asked: Asked) => Promise<BodyOf<Answer>>;
}

export interface Pages<Answer extends AnyAnswer> extends Fails<Answer> {
  readonly queryKey: Key;
  readonly queryFn: (asked: Asked & { readonly pageParam: Cursor }) => Promise<BodyOf<Answer>>;
  readonly initialPageParam: Cursor;
  readonly getNextPageParam: (page: BodyOf<Answer>) => Cursor;
}

export interface Mutation<Input, Answer extends AnyAnswer> extends Fails<Answer> {
  readonly mutationKey: Key;
  readonly mutationFn: (input: Input) => Promise<BodyOf<Answer>>;
  /** For `invalidateNouns`: what is to be asked for anew. */
  readonly meta: { readonly invalidates: readonly Key[] };
}

/** Where a page begins: `nextCursor` of the one before. */
export type Cursor = string | undefined;

interface Page {
  readonly nextCursor: string | null;
}

interface Asked {
  readonly signal?: Signal | undefined;
}

type Ask<Input, Answer> = (
  connection: Connection,
  input: Input,
  options?: CallOptions,
) => Promise<Answer>;

/** In front of all keys, so that they are no others' in the same cache. */
const service = 'charter';

export function keyOf(...parts: readonly unknown[]): Key {
  return [service, ...parts.filter((part) => part !== undefined)];
}

/** Last, so that what is asked for anew is asked for anew wherever it came from. */
function nameOf({ cacheName, baseUrl }: Connection): string {
  return cacheName ?? baseUrl;
}

export function query<Input extends object, Answer extends AnyAnswer>(
  [noun, verb]: readonly [string, string],
  ask: Ask<Input, Answer>,
  connection: Connection,
  input: Input,
): Query<Answer> {
  return {
    queryKey: keyOf(noun, verb, input, nameOf(connection)),
    queryFn: ({ signal }) => unwrap(ask(connection, input, { signal })),
    retry: retriesOf(connection),
  };
}

export function pages<Input extends object, Answer extends AnyAnswer>(
  [noun, verb]: readonly [string, string],
  ask: Ask<Input, Answer>,
  connection: Connection,
  input: Input,
): Pages<Answer> {
  return {
    // Not the key of one page: what is kept under it has another shape.
    queryKey: keyOf(noun, verb, input, nameOf(connection), 'pages'),
    queryFn: ({ signal, pageParam: cursor }) =>
      unwrap(ask(connection, cursor === undefined ? input : { ...input, cursor }, { signal })),
    retry: retriesOf(connection),
    initialPageParam: undefined,
    getNextPageParam: (page: unknown) => (page as Page).nextCursor ?? undefined,
  };
}

export function mutation<Input, Answer extends AnyAnswer>(
  [noun, verb]: readonly [string, string],
  ask: Ask<Input, Answer>,
  connection: Connection,
  invalidates: readonly Key[] = [keyOf(noun)],
): Mutation<OrNothing<Input>, Answer> {
  return {
    mutationKey: keyOf(noun, verb),
    mutationFn: (input) => unwrap(ask(connection, input as Input)),
    retry: () => false,
    meta: { invalidates },
  };
}

/** What may be left out: `mutate()` compiles where its variables may be `void`, and not `undefined`. */
// biome-ignore lint/suspicious/noConfusingVoidType: TanStack's parameter is what it is.
type OrNothing<Input> = undefined extends Input ? Exclude<Input, undefined> | void : Input;

/**
 * A refusal stands. Where no answer came, or the service failed, another try may go better: unless the
 * connection has tried again by itself, with `retry()`.
 */
function retriesOf(connection: Connection): (failures: number, error: unknown) => boolean {
  return (failures, error) => {
    const { status = 0 } = error as { status?: number };
    const isPassing = status >= 500 || error instanceof NetworkError;
    return !connection.retry && isPassing && failures < 3;
  };
}

/**
 * Asks anew for what mutations of this client have changed, before they are settled: everything of
 * their noun, and after signing in or out everything.
 *
 *     new QueryClient({ mutationCache: new MutationCache({ onSuccess: invalidateNouns }) })
 */
export async function invalidateNouns(
  _data: unknown,
  _input: unknown,
  _result: unknown,
  { options }: { readonly options: { readonly meta?: object | undefined } },
  { client }: { readonly client: Invalidated },
): Promise<void> {
  const { invalidates = [] } = (options.meta ?? {}) as Partial<Mutation<never, never>['meta']>;
  await Promise.all(invalidates.map((queryKey) => client.invalidateQueries({ queryKey })));
}

/** A `QueryClient`. */
interface Invalidated {
  invalidateQueries(filters: { queryKey: Key }): Promise<void>;
}
