import { type AppRoute, type AppRouter, isAppRoute } from '@ts-rest/core';
import { type Access, isInPerson } from './access.ts';
import type { Endpoint } from './api.ts';
import { assertKept, cache, cacheControlOf, varyOf } from './facets/cache.ts';
import {
  type Conditional,
  conditional,
  conditionalOf,
  requiredCondition,
} from './facets/conditional.ts';
import { credentials } from './facets/credentials.ts';
import { assertDeprecation, type Deprecation, deprecated } from './facets/deprecated.ts';
import { errors, statusOf } from './facets/errors.ts';
import type { Facet, HeaderParameter } from './facets/facet.ts';
import { type GraphqlBatch, type GraphqlField, graphql } from './facets/graphql.ts';
import {
  assertIdempotency,
  type Idempotency,
  idempotency,
  onceOnly,
} from './facets/idempotency.ts';
import { type LimitGroup, limit } from './facets/limit.ts';
import { live } from './facets/live.ts';
import { type Marks, marks, unmarked } from './facets/marks.ts';
import { assertStaleness, type Staleness, staleness } from './facets/staleness.ts';
import { assertStreams, streams } from './facets/streams.ts';
import { assertUploads, type Upload, uploads } from './facets/uploads.ts';
import type { HeaderName } from './headers.ts';
import type { Json } from './json.ts';
import type { ProblemCode } from './problems.ts';

/** One endpoint with everything that follows from it. Made once, at start. */
export interface Operation {
  /** `users.list`: the word for contract, handler, log and audit entry. */
  readonly name: string;
  /** `usersList`: the OpenAPI operation id and the client's function. */
  readonly operationId: string;
  readonly noun: string;
  readonly verb: string;
  readonly route: AppRoute;
  readonly access: Access;
  /** What the client's credentials do with a good answer. */
  readonly credentials: 'keep' | 'forget' | undefined;
  /** The shape of its refusals, where they are no problems. */
  readonly errors: 'oauth' | undefined;
  /** Nothing for a probe. */
  readonly limit: LimitGroup | undefined;
  /** Of a good answer; a refusal is kept by nobody. */
  readonly cacheControl: string;
  /** What a good answer depends on besides `Origin`, where it may be kept by the caller. */
  readonly vary: string | undefined;
  /** On which state of what it is about a call may depend; undefined: on none. */
  readonly conditional: Conditional | undefined;
  /** The media types that a good answer may stream; undefined: it is JSON or nothing. */
  readonly streams: readonly string[] | undefined;
  /** The file that comes with the fields of its body; undefined: none. */
  readonly upload: Upload | undefined;
  /** Whether such an answer has no end of its own. */
  readonly isLive: boolean;
  /** What an `Idempotency-Key` does; undefined: it takes none. */
  readonly idempotency: Idempotency | undefined;
  /** How old what it answers may be; undefined: it is what holds now. */
  readonly staleness: Staleness | undefined;
  /** How it is offered over GraphQL; undefined: not at all. */
  readonly graphql: GraphqlField | GraphqlBatch | undefined;
  /** Since when nobody should begin to call it, and until when it answers; undefined: it stays. */
  readonly deprecation: Deprecation | undefined;
  /** What the call means to those who look back. */
  readonly marks: Marks;
  /** Headers that the handler may add. */
  readonly sends: ReadonlySet<HeaderName>;
  /** The address of what was created. */
  readonly locate: Locate | undefined;
  /** What its facets tell on every answer. */
  readonly headers: readonly HeaderName[];
  /** The headers that a caller may send because of its facets. */
  readonly parameters: readonly HeaderParameter[];
  /** What its facets say in the OpenAPI document. */
  readonly described: Json;
  /** Everything this operation may refuse with, by code. */
  readonly problems: ReadonlySet<ProblemCode>;
}

/** From the address that was called, and the body of the answer. */
export type Locate = (path: string, created: unknown) => string;

/** Walks the contract; `users.list` becomes an operation with its derived problems. */
export function operationsOf(contract: AppRouter): Operation[] {
  return Object.entries(contract).flatMap(([noun, router]) =>
    Object.entries(router as AppRouter).map(([verb, route]) => {
      if (!isAppRoute(route as AppRoute)) throw new Error(`${noun}.${verb} is not an endpoint`);
      return operationOf(noun, verb, route as Endpoint, router as Siblings);
    }),
  );
}

type Siblings = Readonly<Record<string, Endpoint>>;

function operationOf(noun: string, verb: string, route: Endpoint, siblings: Siblings): Operation {
  const { access, sends = [] } = route.metadata;
  const declared = facetsOf(route);
  const kept = cache.read(route);
  assertStreams(`${noun}.${verb}`, route);
  assertKept(`${noun}.${verb}`, route);
  assertIdempotency(`${noun}.${verb}`, route);
  assertUploads(`${noun}.${verb}`, route);
  assertStaleness(`${noun}.${verb}`, route);
  assertDeprecation(`${noun}.${verb}`, deprecated.read(route));
  return {
    name: `${noun}.${verb}`,
    operationId: `${noun}${verb.charAt(0).toUpperCase()}${verb.slice(1)}`,
    noun,
    verb,
    route,
    access,
    credentials: credentials.read(route),
    errors: errors.read(route),
    limit: limit.read(route),
    cacheControl: cacheControlOf(kept),
    vary: varyOf(kept),
    conditional: conditionalOf(`${noun}.${verb}`, route, Object.values(siblings)),
    streams: streams.read(route),
    upload: uploads.read(route),
    isLive: live.read(route) === true,
    idempotency: idempotency.read(route),
    staleness: staleness.read(route),
    graphql: graphql.read(route),
    deprecation: deprecated.read(route),
    marks: marks.read(route) ?? unmarked,
    headers: declared.flatMap(({ headers }) => headers),
    parameters: declared.flatMap(({ parameters }) => parameters),
    described: Object.assign({}, ...declared.map(({ described }) => described)),
    sends: new Set(sends),
    locate: locateBy(route, siblings),
    problems: new Set([
      ...derivedProblems(route),
      ...declared.flatMap(({ problems: codes }) => codes),
      ...(route.metadata.problems ?? []),
    ]),
  };
}

/** A line for each thing that an endpoint may declare. */
function facetsOf(route: Endpoint) {
  return [
    ...followingFrom(limit, route),
    ...followingFrom(cache, route),
    ...followingFrom(conditional, route),
    ...followingFrom(requiredCondition, route),
    ...followingFrom(credentials, route),
    ...followingFrom(errors, route),
    ...followingFrom(streams, route),
    ...followingFrom(live, route),
    ...followingFrom(idempotency, route),
    ...followingFrom(onceOnly, route),
    ...followingFrom(staleness, route),
    ...followingFrom(graphql, route),
    ...followingFrom(deprecated, route),
    ...followingFrom(marks, route),
  ];
}

function followingFrom<Metadata, Declared>(facet: Facet<Metadata, Declared>, route: Endpoint) {
  const endpoint = route as Endpoint & { metadata: Metadata };
  const declared = facet.read(endpoint);
  if (declared === undefined) return [];
  const { problems: codes, headers } = facet;
  const parameters = facet.parameters?.(endpoint) ?? [];
  return [{ problems: codes, headers, parameters, described: facet.describe(declared) }];
}

/** `POST /users` makes what `GET /users/:userId` answers: the address follows from the id. */
function locateBy(route: Endpoint, siblings: Siblings): Locate | undefined {
  const { location } = route.metadata;
  if (!(201 in route.responses)) return undefined;
  if (location !== undefined) return () => location;
  const isAnswered = Object.values(siblings).some(
    ({ method, path }) => method === 'GET' && path.replace(/\/:\w+$/, '') === route.path,
  );
  if (!isAnswered) return undefined;
  return (path, created) => `${path}/${encodeURIComponent((created as { id: string }).id)}`;
}

/** Inputs, access and the address decide which problems an operation can answer. */
function derivedProblems(route: Endpoint): ProblemCode[] {
  const { access, sends } = route.metadata;
  const isUnsafe = route.method !== 'GET';
  const when = (condition: boolean, ...codes: ProblemCode[]) => (condition ? codes : []);
  return [
    ...when(access.kind !== 'anyone', 'unauthenticated'),
    ...when(access.kind === 'requires', 'permission_denied'),
    ...when(isForPeople(access), 'people_only'),
    ...when('recentLogin' in access, 'reauthentication_required'),
    ...when(isInPerson(access), 'impersonation_denied'),
    ...when(isBehindSecondFactor(access), 'second_factor_required'),
    // Only a cookie can be ridden from another site, or set from there, and only where something
    // changes.
    ...when(
      isUnsafe && (access.kind !== 'anyone' || sends?.includes('Set-Cookie') === true),
      'cross_site_request',
    ),
    // A query can always be read: what is broken in it breaks a rule.
    ...when(hasBody(route) || route.pathParams !== undefined, 'malformed_request'),
    ...when(hasInput(route), 'validation_failed'),
    ...when(hasInput(route) && idempotency.read(route) !== undefined, 'idempotency_key_reused'),
    ...when(hasBody(route), 'body_too_large', 'unsupported_media_type'),
    ...when(route.pathParams !== undefined, 'not_found'),
    'not_acceptable',
    'internal_error',
    'service_unavailable',
  ];
}

/** Whether an account that must have a second factor, and has none, is kept out. */
export function isBehindSecondFactor(access: Access): boolean {
  return !access.kind.startsWith('anyone') && !('beforeSecondFactor' in access);
}

/** Whether only a session opens it: API keys and service accounts may call what takes a permission. */
export function isForPeople(access: Access): boolean {
  return access.kind === 'signedIn' && !access.programs;
}

/** Whether the operation reads a body: `c.noBody()` is a symbol, a schema is an object. */
export function hasBody(route: AppRoute): route is AppRoute & { body: object } {
  return 'body' in route && typeof route.body === 'object' && route.body !== null;
}

export function hasInput(route: AppRoute): boolean {
  const { query, headers, pathParams } = route;
  return hasBody(route) || [query, headers, pathParams].some((part) => part !== undefined);
}

export function isPageOperation({ route }: Operation): boolean {
  const query = route.query as { shape?: Record<string, unknown> } | undefined;
  return query?.shape?.cursor !== undefined;
}

/** Codes grouped by their status, ascending. */
export function codesByStatus(
  codes: Iterable<ProblemCode>,
  shape?: 'oauth',
): Map<number, ProblemCode[]> {
  const groups = Map.groupBy(codes, (code) => statusOf(code, shape));
  return new Map(
    [...groups].sort(([a], [b]) => a - b).map(([status, group]) => [status, group.sort()]),
  );
}
