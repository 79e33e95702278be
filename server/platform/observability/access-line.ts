import type { Log } from './log.ts';

/** What the log says of a request: no query string, no body, and no address but its template. */
export interface AccessRecord {
  readonly requestId: string;
  readonly traceId: string | undefined;
  readonly actorId: string | undefined;
  readonly method: string;
  /** The template; null for unknown addresses. */
  readonly route: string | null;
  readonly operation: string | null;
  readonly status: number;
  readonly durationMs: number;
}

/** Writes the one line of a request; that of a slow one is a warning. */
export function createAccessLine(
  { access }: Log,
  { slowRequestMs }: { slowRequestMs: number },
): (record: AccessRecord) => void {
  return (record) => {
    if (record.durationMs < slowRequestMs) access.info(record, 'request');
    else access.warn({ ...record, isSlow: true }, 'request');
  };
}
