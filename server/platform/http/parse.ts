import { isUtf8 } from 'node:buffer';
import type { AppRoute } from '@ts-rest/core';
import type { RequestValidationError } from '@ts-rest/express';
import express, {
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { hasBody, hasInput } from '../../../contract/kit/operations.ts';
import type { InputError } from '../../../contract/kit/problems.ts';
import { getRequestContext } from '../observability/request-context.ts';
import { problem } from '../problem-error.ts';

/** Reads the body of operations that have one: UTF-8, no content encoding, the declared type. */
export function readBody(limitBytes: number): RequestHandler {
  const common = { limit: limitBytes, inflate: false, type: () => true, verify: assertUtf8 };
  const json = express.json({ ...common, strict: false });
  const form = express.urlencoded({ ...common, extended: false });
  return (req, res, next) => {
    const { operation } = getRequestContext();
    if (!operation || !hasBody(operation.route)) {
      next();
      return;
    }
    const isForm = contentTypeOf(operation.route) === formType;
    const isDeclared = (isForm ? formPattern : jsonPattern).test(req.get('content-type') ?? '');
    if (!isDeclared) next(problem('unsupported_media_type'));
    else if (isForm) form(req, res, next);
    else if (isEmpty(req)) next(problem('malformed_request', { detail: 'The body is missing.' }));
    else json(req, res, next);
  };
}

/** No JSON at all: the parser would take it for an empty object. */
function isEmpty({ headers }: Request): boolean {
  return headers['transfer-encoding'] === undefined && !Number(headers['content-length']);
}

const formType = 'application/x-www-form-urlencoded';
const jsonPattern = /^application\/json\s*(;\s*charset="?utf-8"?\s*)?$/i;
const formPattern = /^application\/x-www-form-urlencoded\s*(;\s*charset="?utf-8"?\s*)?$/i;

function contentTypeOf(route: AppRoute): string {
  return ('contentType' in route && route.contentType) || 'application/json';
}

function assertUtf8(_req: unknown, _res: unknown, bytes: Buffer): void {
  if (!isUtf8(bytes)) throw problem('malformed_request', { detail: 'The body is not UTF-8.' });
}

/**
 * Refuses what no schema has to think of: text that PostgreSQL cannot store (NUL, lone
 * surrogates), and query parameters of an operation that declares none.
 */
export function checkText(req: Request, _res: Response, next: NextFunction): void {
  const route = getRequestContext().operation?.route;
  const errors = route && hasInput(route) ? badText(route, req) : [];
  if (errors.length > 0) throw problem('validation_failed', { errors: errors.slice(0, maxErrors) });
  next();
}

function badText(route: AppRoute, { params, query, body }: Request): InputError[] {
  return [
    ...unstorable('path', params),
    ...unstorable('query', query),
    ...(hasBody(route) ? unstorable('body', body) : []),
    ...(route.query === undefined ? Object.keys(query).map(unknownParameter) : []),
  ];
}

const maxErrors = 50;

function unknownParameter(): InputError {
  return {
    in: 'query',
    path: '',
    code: 'unrecognized_keys',
    message: 'This operation takes no query parameters',
  };
}

function unstorable(part: InputError['in'], value: unknown): InputError[] {
  const errors: InputError[] = [];
  // A list of what is still to see, not recursion: nesting must not exhaust the stack.
  const pending: { value: unknown; path: string }[] = [{ value, path: '' }];
  for (let item = pending.pop(); item; item = pending.pop()) {
    if (isUnstorable(item.value)) errors.push(unstorableText(part, item.path));
    if (typeof item.value !== 'object' || item.value === null) continue;
    for (const [key, child] of Object.entries(item.value)) {
      if (isUnstorable(key)) errors.push(unstorableText(part, item.path));
      else pending.push({ value: child, path: item.path ? `${item.path}.${key}` : key });
    }
  }
  return errors;
}

function isUnstorable(value: unknown): boolean {
  return typeof value === 'string' && (value.includes('\0') || !value.isWellFormed());
}

function unstorableText(part: InputError['in'], path: string): InputError {
  return {
    in: part,
    path: path.slice(0, 200),
    code: 'invalid_text',
    message: 'NUL and unpaired surrogates are not text',
  };
}

/** The schema's findings in our words: where and why, never the value. */
export function invalidInputOf(error: RequestValidationError) {
  const parts = [
    ['path', error.pathParams],
    ['query', error.query],
    ['headers', error.headers],
    ['body', error.body],
  ] as const;
  const errors = parts.flatMap(([part, found]) =>
    (found?.issues ?? []).map((issue) => inputError(part, issue as Issue)),
  );
  return problem('validation_failed', { errors: errors.slice(0, maxErrors) });
}

interface Issue {
  readonly code?: string;
  readonly message: string;
  readonly path?: readonly (PropertyKey | { key: PropertyKey })[];
}

function inputError(part: InputError['in'], issue: Issue): InputError {
  const path = (issue.path ?? []).map((key) => String(typeof key === 'object' ? key.key : key));
  const code = issue.code ?? 'invalid';
  // zod names unknown keys in its message: they are the caller's, and may hold anything.
  const message = code === 'unrecognized_keys' ? 'Unknown fields are not allowed' : issue.message;
  return { in: part, path: path.join('.').slice(0, 200), code, message };
}
