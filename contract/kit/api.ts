import { type AppRoute, type AppRouter, initContract } from '@ts-rest/core';
import type { Access, Anyone } from './access.ts';
import type { Kept } from './facets/cache.ts';
import type { ConditionalByMethod, ConditionalMetadata } from './facets/conditional.ts';
import type { CredentialsMetadata } from './facets/credentials.ts';
import type { DeprecatedMetadata } from './facets/deprecated.ts';
import type { ErrorsMetadata } from './facets/errors.ts';
import type { GraphqlMetadata } from './facets/graphql.ts';
import type { IdempotencyMetadata } from './facets/idempotency.ts';
import type { LimitMetadata } from './facets/limit.ts';
import type { MarksMetadata } from './facets/marks.ts';
import type { StalenessByMethod, StalenessMetadata } from './facets/staleness.ts';
import type { StreamsMetadata } from './facets/streams.ts';
import type { HeaderName } from './headers.ts';
import type { ProblemCode } from './problems.ts';

export const c = initContract();

/** ts-rest's types, for those who walk a contract and need not know ts-rest. */
export type { AppRoute, AppRouter };

/** What needs a caller is kept by the caller at most: that everybody may keep it does not compile. */
type AccessAndCache =
  | { readonly access: Anyone; readonly cache?: Kept }
  | { readonly access: Exclude<Access, Anyone>; readonly cache?: Kept<'caller'> };

interface OtherMetadata
  extends LimitMetadata,
    ConditionalMetadata,
    CredentialsMetadata,
    DeprecatedMetadata,
    ErrorsMetadata,
    GraphqlMetadata,
    StreamsMetadata,
    MarksMetadata,
    StalenessMetadata,
    IdempotencyMetadata {
  /** Problems that follow from the rules of the noun; the rest is derived (`operations.ts`). */
  readonly problems?: readonly ProblemCode[];
  /** Headers that the handler may add to a good answer; the others are derived (`headers.ts`). */
  readonly sends?: readonly HeaderName[];
  /** Where a 201 says that the new thing is, if it is not below this address by its id. */
  readonly location?: string;
}

export type EndpointMetadata = AccessAndCache & OtherMetadata;

export type Endpoint = AppRoute & {
  readonly summary: string;
  readonly description: string;
  readonly metadata: EndpointMetadata;
} & ConditionalByMethod &
  StalenessByMethod;

/**
 * `c.router({ … } satisfies Endpoints, under('/path'))`: an endpoint without access, summary or
 * description does not compile. (A generic wrapper of our own around `c.router` would collapse
 * the handler types to `never`.)
 */
export type Endpoints = Record<string, Endpoint>;

export const apiPrefix = '/api/v1';

/** Router options: where the endpoints live; undeclared statuses do not compile. */
export function under<Path extends string>(pathPrefix: Path) {
  return { pathPrefix, strictStatusCodes: true } as const;
}
