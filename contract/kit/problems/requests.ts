import type { ProblemKind } from './kind.ts';

/** What is wrong with a request as such, and what this service cannot do at the moment. */
export const requestProblems = {
  malformed_request: {
    status: 400,
    title: 'The request cannot be read',
    prose:
      'The body is not valid JSON in UTF-8, or no multipart that ends as it should, the path holds a broken percent-encoding, or a header such as `If-Match` is not written as its standard says. Nothing was done. Correct the request; the same bytes will fail again.',
  },
  cross_site_request: {
    status: 403,
    title: 'The request comes from another site',
    denies: 'anyone',
    prose:
      'A browser sent this request from an origin that is not allowed to act with the cookie. Add the origin to `CORS_ORIGINS`, or use a bearer token.',
  },
  not_found: {
    status: 404,
    title: 'Not found',
    prose:
      'There is nothing under this address, or nothing that you may know of. The answer is the same in both cases.',
  },
  method_not_allowed: {
    status: 405,
    title: 'The method is not allowed here',
    prose: 'The address exists, but not with this method. The `Allow` header lists the methods.',
  },
  not_acceptable: {
    status: 406,
    title: 'No acceptable representation',
    prose: 'The API answers in JSON, and the `Accept` header rules JSON out.',
  },
  request_timeout: {
    status: 408,
    title: 'The request took too long to arrive',
    prose: 'The connection was open, but the request did not arrive in time. Send it again.',
  },
  events_gone: {
    status: 410,
    title: 'Some events are no longer kept',
    prose:
      'The event in `Last-Event-Id` is not known, or not any more: what came after it may be gone as well. Read anew what you keep of this service, and follow the events without `Last-Event-Id`.',
  },
  operation_gone: {
    status: 410,
    title: 'The operation is gone',
    prose:
      'The operation was deprecated, and its last day has passed: `Sunset` says when, `x-deprecated` in the OpenAPI document what to call instead. Nothing was done. Operators who need more time set `AFTER_SUNSET=served`.',
  },
  precondition_failed: {
    status: 412,
    title: 'It is no longer what you have seen',
    prose:
      'The call depends on a state that `If-Match` or `If-None-Match` names, and it is another one by now: somebody else was faster. Nothing was done. Read it again, look at what changed, and repeat the change with the new `ETag`.',
  },
  body_too_large: {
    status: 413,
    title: 'The body is too large',
    prose: 'The request body, or the file in it, is larger than this service reads.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'The body is of an unsupported type',
    prose:
      'Send the body as the document says, mostly as `Content-Type: application/json` in UTF-8, and without a content encoding. A file has to be of one of the types that the operation lists: its content decides, not its name.',
  },
  unknown_host: {
    status: 421,
    title: 'This service does not answer to that host',
    prose:
      'The `Host` of the request is none of the names under which this service is known. Nothing was done. Use the address in `servers` of the OpenAPI document; operators add names to `ALLOWED_HOSTS`.',
  },
  validation_failed: {
    status: 422,
    title: 'The input breaks a rule',
    prose:
      'The request can be read, but something in it breaks a rule. `errors` lists each place and why; it never repeats the value.',
  },
  precondition_required: {
    status: 428,
    title: 'Say what you have seen',
    prose:
      'This is changed only by whoever says which state they have seen, so that nobody undoes unknowingly what another has done. Read it, and send its `ETag` as `If-Match`.',
  },
  rate_limited: {
    status: 429,
    title: 'Too many requests',
    prose: 'Wait as long as `Retry-After` says, in seconds, and repeat the request.',
  },
  too_many_streams: {
    status: 429,
    title: 'Too many streams are open',
    prose:
      'The caller holds as many streams of events open as one may. End one, or share it: a browser needs one for all its tabs. `Retry-After` says when to try again.',
  },
  headers_too_large: {
    status: 431,
    title: 'The headers are too large',
    prose: 'The request headers are larger than this service reads. Often a cookie grew too big.',
  },
  internal_error: {
    status: 500,
    title: 'Something went wrong here',
    prose:
      'The mistake is ours. Quote the `requestId` when you report it: the log holds the details under the same id.',
  },
  service_unavailable: {
    status: 503,
    title: 'Not available at the moment',
    prose:
      'Something this service depends on does not answer, or it is starting or stopping. Repeat the request after `Retry-After` seconds.',
  },
} as const satisfies Record<string, ProblemKind>;
