export { type Client, createClient } from './generated/client.ts';
export type { InputError, Problem } from './generated/schemas.ts';
export type { AnyAnswer, NotModified, Refused } from './runtime/answer.ts';
export { apiKey } from './runtime/api-key.ts';
export { bearer } from './runtime/bearer.ts';
export type { ConnectionChanges } from './runtime/changed.ts';
export { type ClientCredentials, clientCredentials } from './runtime/client-credentials.ts';
export { readThenChange, remembered } from './runtime/conditional.ts';
export type {
  Attempt,
  CallOptions,
  Connection,
  Credentials,
  HeadersGiven,
  Layer,
  Proof,
  Send,
} from './runtime/connection.ts';
export { cookie } from './runtime/cookie.ts';
export { AnswerError, NetworkError, ProblemError } from './runtime/errors.ts';
export { type FieldError, type FieldErrors, fieldErrors } from './runtime/field-errors.ts';
export {
  type AnswerTold,
  type Deprecation,
  type Hooks,
  hooks,
  type RequestTold,
} from './runtime/hooks.ts';
export type { Instant } from './runtime/instant.ts';
export { isProblem, type ProblemErrorOf } from './runtime/is-problem.ts';
export type { Operation } from './runtime/operation.ts';
export { type ListOptions, type NextPage, pagesOf, toArray } from './runtime/pages.ts';
export type {
  AnswerHeaders,
  AnswerStream,
  Fetch,
  FetchInit,
  FetchResponse,
  FileSource,
  HeadersShape,
  Signal,
  SignalShape,
  StreamShape,
} from './runtime/platform.ts';
export { type RetryOptions, retry } from './runtime/retry.ts';
export { type TokenStore, type Tokens, tokensInMemory } from './runtime/tokens.ts';
export { tokensAcrossTabs } from './runtime/tokens-across-tabs.ts';
export {
  type BodyOf,
  type CodeOf,
  type Handled,
  type Handlers,
  unwrap,
  unwrapOr,
} from './runtime/unwrap.ts';
export type { UploadOptions, UploadProgress } from './runtime/upload.ts';
