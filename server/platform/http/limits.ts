import type { NextFunction, Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, type Options, rateLimit } from 'express-rate-limit';
import { problem } from '../problem-error.ts';

const windowSeconds = 60;
const probes = /^\/api\/v1\/health\/(liveness|readiness)$/;

/** Requests per address and minute; an IPv6 caller counts by its /64. Probes are free. */
export function limitByAddress(requestsPerMinute: number): RequestHandler {
  return rateLimit({
    windowMs: windowSeconds * 1000,
    limit: requestsPerMinute,
    identifier: 'address',
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: (req) => ipKeyGenerator(req.ip ?? '', 64),
    skip: (req) => probes.test(req.path),
    handler: refuse,
  });
}

function refuse(req: Request, _res: Response, next: NextFunction, options: Options): void {
  const { resetTime } = (req as Request & { rateLimit?: { resetTime?: Date } }).rateLimit ?? {};
  const waitMs = resetTime ? resetTime.getTime() - Date.now() : options.windowMs;
  next(problem('rate_limited', { retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) }));
}
