import { performance } from 'node:perf_hooks';
import { actingFor } from '../platform/auth/actor.ts';
import { createAccessLine } from '../platform/observability/access-line.ts';
import { endServerSpan } from '../platform/observability/tracing.ts';
import type { Platform } from '../platform/platform.ts';
import type { Exchange } from './exchange.ts';

/**
 * Follows a request until its connection is done with it: span, access line, histogram. One whose answer
 * has no end counts as done when the answer begins; its line says how long it was open.
 */
export function observer({
  log,
  telemetry,
  config,
}: Pick<Platform, 'log' | 'telemetry' | 'config'>) {
  const { requests, tracing } = telemetry;
  const writeLine = createAccessLine(log, config.observability);
  return (exchange: Exchange): void => {
    const { method, path, req, res } = exchange;
    requests.begin();
    const joined = tracing.start({ method, path, headers: req.headers });
    exchange.traceId = joined?.traceId;
    // The call's own, whichever step it is at when its connection closes.
    const span = joined?.span;
    exchange.span = span;
    let openedAt: number | undefined;
    const end = (status: number, ms: number) => {
      const route = exchange.operation?.route.path ?? exchange.route;
      requests.end({ method, route, status, seconds: ms / 1000 });
      if (span) endServerSpan(span, { method, route, status });
    };
    exchange.opened = () => {
      openedAt = performance.now();
      end(res.statusCode, openedAt - exchange.startedAt);
    };
    res.on('close', () => {
      const { operation, route, performed, actor } = exchange;
      const now = performance.now();
      const ms = (openedAt ?? now) - exchange.startedAt;
      const status = openedAt === undefined ? statusOf(exchange) : res.statusCode;
      if (openedAt === undefined) end(status, ms);
      writeLine({
        requestId: exchange.id,
        traceId: exchange.traceId,
        actorId: actor?.act?.id ?? actor?.id,
        actingFor: actor && actingFor(actor),
        method,
        operation,
        route,
        performed: performed && [...performed],
        status,
        durationMs: tenths(ms),
        openMs: openedAt === undefined ? undefined : tenths(now - openedAt),
      });
    });
  };
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}

/**
 * A connection that closed before the answer was complete is the caller's, as nginx's 499, unless we
 * tore it ourselves.
 */
function statusOf({ res, isTorn }: Exchange): number {
  if (res.writableFinished) return res.statusCode;
  return isTorn ? 500 : 499;
}
