import type { NextFunction, Request, Response, Router } from 'express';
import express from 'express';
import { contentTypeOf, isStreamed } from '../../contract/kit/facets/streams.ts';
import type { Operation } from '../../contract/kit/operations.ts';
import { type Problem, problems } from '../../contract/kit/problems.ts';
import { formReader } from '../http/read-body.ts';
import type { Outcome, PerformByName } from '../operations/direct.ts';
import type { Presented } from '../platform/auth/guard.ts';
import type { OriginCheck } from '../platform/auth/origin.ts';
import { findCall } from '../platform/observability/call-context.ts';
import { ProblemError } from '../platform/problem-error.ts';
import { type Filled, formPage, saying } from './account/form-page.ts';
import { type LinkForm, linkForms } from './account/link-pages.ts';
import { sendFile } from './account/send-file.ts';
import type { PlainPage, PlainPages } from './plain-page.ts';

export interface AccountPageParts {
  readonly pages: PlainPages;
  readonly origins: OriginCheck;
  readonly bodyLimitBytes: number;
  readonly perform: PerformByName;
  /** Undefined where the contract has no operation of this name. */
  readonly findOperation: (name: string) => Operation | undefined;
}

/**
 * The pages that links in mails and identity providers lead to, where no frontend has such: a form
 * and a button each.
 */
export function accountPages(parts: AccountPageParts): Router {
  const { pages, findOperation } = parts;
  const router = express.Router({ caseSensitive: true, strict: true });
  for (const [name, form] of Object.entries(linkForms)) {
    const operation = findOperation(form.operation);
    if (!operation) continue;
    const { carries = 'token', errors = {} } = form;
    router.get(`/${name}`, ({ query, baseUrl, path }, res) => {
      const [token, error] = [query[carries], query['error']];
      const failed = typeof error === 'string' && errors[error];
      if (failed) return pages.send(res, 400, saying('Nobody was signed in', failed));
      if (typeof token !== 'string' || token === '') return pages.send(res, 400, incomplete);
      pages.send(res, 200, formPage(form, { action: baseUrl + path, token }));
    });
    router.post(`/${name}`, submit(parts, form, operation));
  }
  // Where an identity provider leads back to.
  router.get('/signed-out', (_req, res) => pages.send(res, 200, signedOut));
  return router;
}

const signedOut = saying('You are signed out', 'You can close this page.');

const incomplete = saying(
  'This link is not complete',
  'Follow the link in the mail again, or copy all of it.',
);

function submit(
  { pages, origins, bodyLimitBytes, perform }: AccountPageParts,
  form: LinkForm,
  { name, streams }: Operation,
) {
  const read = formReader(bodyLimitBytes);
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    try {
      const caller = presentedBy(req);
      origins.assertProven(caller);
      const body = filledIn(form, (await read(req)).value);
      const { address = '', userAgent = null } = findCall() ?? {};
      const direct = { origin: 'page', address, userAgent, caller, input: { body } } as const;
      const outcome = await perform(name, direct);
      if (streams && isStreamed(outcome.body)) {
        return await sendFile(res, outcome.body, contentTypeOf(outcome.body, streams));
      }
      const { status, cookies, retryAfterSeconds } = outcome;
      if (cookies.length > 0) res.setHeader('Set-Cookie', [...cookies]);
      if (retryAfterSeconds !== undefined) res.setHeader('Retry-After', String(retryAfterSeconds));
      const action = req.baseUrl + req.path;
      // An operation may answer without a body; a page never does.
      const shown = status < 300 ? 200 : status;
      pages.send(res, shown, pageAfter(form, outcome, { action, filled: body }));
    } catch (error) {
      if (!(error instanceof ProblemError)) return next(error);
      const { status, title } = problems[error.code];
      pages.send(res, status, saying(title, error.message));
    }
  };
}

/**
 * The origin decides, as everywhere. A browser that keeps it to itself, whatever our pages allow,
 * says `Origin: null`; then `Sec-Fetch-Site`, which no page can forge either, tells whose page it is.
 */
function presentedBy({ headers }: Request): Presented {
  const { origin, cookie, 'sec-fetch-site': site } = headers as Presented & Request['headers'];
  return { origin: origin === 'null' ? undefined : origin, cookie, 'sec-fetch-site': site };
}

/** What the form has and the person filled in. Whether it is good, the operation decides. */
function filledIn({ fields, fixed, carries = 'token' }: LinkForm, sent: unknown): Filled {
  const names = new Set([carries, ...fields.map(({ name }) => name)]);
  const filled = Object.entries(sent as Readonly<Record<string, unknown>>).filter(
    ([name, value]) => names.has(name) && typeof value === 'string' && value !== '',
  );
  return { ...(Object.fromEntries(filled) as Filled), ...fixed };
}

/** What a person sees after the button: that it is done, what to correct, or why not. */
function pageAfter(
  form: LinkForm,
  { status, body, retryAfterSeconds }: Outcome,
  { action, filled }: { action: string; filled: Filled },
): PlainPage {
  if (status < 300) return saying(form.done.title, form.done.text);
  const { title, detail, errors = [] } = body as Problem;
  const isFixable = form.fields.some(({ name }) => errors.some(({ path }) => path === name));
  const token = filled[form.carries ?? 'token'] ?? '';
  if (isFixable) return formPage(form, { action, token, filled, errors });
  if (errors.length > 0) return incomplete;
  const later = retryAfterSeconds === undefined ? [] : [`Try again in ${retryAfterSeconds} s.`];
  return saying(title, detail, ...later);
}
