import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { type Options, rateLimit } from 'express-rate-limit';
import type { LimitGroup } from '../../../contract/kit/api.ts';
import { networkOf } from '../network.ts';
import { getRequestContext } from '../observability/request-context.ts';
import { problem } from '../problem-error.ts';

const windowMs = 60_000;
const probes = /^\/api\/v1\/health\/(liveness|readiness)$/;

/** Requests per minute and group, as the contract declares the groups. */
export type GroupLimits = Readonly<Record<LimitGroup, number>>;

/** Requests per address and minute; an IPv6 caller counts by its /64. Probes are free. */
export function limitByAddress(requestsPerMinute: number): RequestHandler {
  return rateLimit({
    ...common,
    limit: requestsPerMinute,
    identifier: 'address',
    keyGenerator: ({ ip = '' }) => networkOf(ip),
    skip: ({ path }) => probes.test(path),
  });
}

/** The limit of the operation's group: credentials by address, the others by caller. */
export function limitByGroup(limits: GroupLimits): RequestHandler {
  const byGroup = {
    credentials: limitGroup('credentials', limits.credentials),
    write: limitGroup('write', limits.write),
    read: limitGroup('read', limits.read),
  };
  return (req, res, next) => {
    const { operation } = getRequestContext();
    if (!operation || probes.test(req.path)) next();
    else void byGroup[operation.limit](req, res, next);
  };
}

function limitGroup(group: LimitGroup, requestsPerMinute: number): RequestHandler {
  return rateLimit({
    ...common,
    limit: requestsPerMinute,
    identifier: group,
    keyGenerator: ({ ip = '' }) => {
      const { actor } = getRequestContext();
      return group !== 'credentials' && actor ? actor.id : networkOf(ip);
    },
  });
}

const common = {
  windowMs,
  standardHeaders: 'draft-8',
  legacyHeaders: false,
  handler: refuse,
} as const;

function refuse(req: Request, _res: Response, next: NextFunction, options: Options): void {
  const { resetTime } = (req as Request & { rateLimit?: { resetTime?: Date } }).rateLimit ?? {};
  const waitMs = resetTime ? resetTime.getTime() - Date.now() : options.windowMs;
  next(problem('rate_limited', { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) }));
}
