import { performance } from 'node:perf_hooks';
import type { Log } from '../observability/log.ts';
import { endServerSpan, startServerSpan } from '../observability/telemetry.ts';
import type { Exchange } from './exchange.ts';

export interface ObserverParts {
  readonly log: Log;
}

/** One access line per request, with the route template: no query string, no body. */
export function observer({ log }: ObserverParts): (exchange: Exchange) => void {
  return (exchange) => {
    const { method, res } = exchange;
    const span = startServerSpan(method, exchange.req.headers);
    exchange.span = span;
    res.on('close', () => {
      const { operation } = exchange;
      const ms = performance.now() - exchange.startedAt;
      const route = operation?.route.path;
      // A connection that closed before the answer was complete is the caller's, as nginx's 499.
      const status = res.writableFinished ? res.statusCode : 499;
      endServerSpan(span, { method, route, status, seconds: ms / 1000 });
      log.info(
        {
          requestId: exchange.id,
          ...(exchange.actor && { actorId: exchange.actor.id }),
          method,
          route: route ?? null,
          operation: operation?.name ?? null,
          status,
          durationMs: Math.round(ms * 10) / 10,
        },
        'request',
      );
    });
  };
}
