export { type Client, createClient } from './generated/client.ts';
export type { InputError, Problem } from './generated/schemas.ts';
export type { AnyAnswer, NotModified, Refused } from './runtime/answer.ts';
export { apiKey } from './runtime/api-key.ts';
export { bearer } from './runtime/bearer.ts';
export { type ClientCredentials, clientCredentials } from './runtime/client-credentials.ts';
export type {
  Attempt,
  CallOptions,
  Connection,
  Credentials,
  Proof,
} from './runtime/connection.ts';
export { cookie } from './runtime/cookie.ts';
export { AnswerError, NetworkError, ProblemError } from './runtime/errors.ts';
export type { Operation } from './runtime/operation.ts';
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
export { type TokenStore, type Tokens, tokensInMemory } from './runtime/tokens.ts';
export { type BodyOf, unwrap } from './runtime/unwrap.ts';
export type { UploadOptions, UploadProgress } from './runtime/upload.ts';
