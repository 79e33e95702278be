import type { Logger } from 'pino';
import type { Operation } from '../../../contract/kit/operations.ts';
import type { Log } from './log.ts';

/** What the log says of a request: no query string, no body, and no address but its template. */
export interface AccessRecord {
  readonly requestId: string;
  readonly traceId: string | undefined;
  /** Who really acts. */
  readonly actorId: string | undefined;
  /** The account that is acted as, where it is another one. */
  readonly actingFor: string | undefined;
  readonly method: string;
  /** Undefined for unknown addresses. */
  readonly operation: Operation | undefined;
  /** An address that leads to many operations. */
  readonly route?: string | undefined;
  /** Those that were performed there. */
  readonly performed?: readonly string[] | undefined;
  readonly status: number;
  readonly durationMs: number;
  /** How long an answer without an end went on after that. */
  readonly openMs?: number | undefined;
}

/** Writes the one line of a request; that of a slow one is a warning. */
export function createAccessLine(
  { access }: Log,
  { slowRequestMs }: { slowRequestMs: number },
): (record: AccessRecord) => void {
  const loggers = new Map<Operation | string | undefined, Map<string, Map<number, Logger>>>();

  // What many lines have in common is turned into JSON once. Methods are those that Node's parser
  // knows, and statuses our own: there can be only so many.
  function loggerOf({ operation, route, method, status }: AccessRecord): Logger {
    const of = operation ?? route;
    const ofAddress = entryOf(loggers, of, () => new Map<string, Map<number, Logger>>());
    const ofMethod = entryOf(ofAddress, method, () => new Map<number, Logger>());
    return entryOf(ofMethod, status, () =>
      access.child({
        method,
        route: operation?.route.path ?? route ?? null,
        operation: operation?.name ?? null,
        status,
        ...(operation?.marks.safety && { safety: true }),
        ...(operation?.marks.compliance && { compliance: true }),
      }),
    );
  }

  return (record) => {
    const logger = loggerOf(record);
    const { requestId, traceId, actorId, actingFor, performed, durationMs, openMs } = record;
    const fields = { requestId, traceId, actorId, actingFor, performed, durationMs, openMs };
    if (durationMs < slowRequestMs) logger.info(fields, 'request');
    else logger.warn({ ...fields, isSlow: true, thresholdMs: slowRequestMs }, 'request');
  };
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
