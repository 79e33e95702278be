import { openSpan } from '../observability/spans.ts';

/** A request to somebody else, while it is under way. */
export interface RequestSpan {
  /** For those who may go on with our trace. */
  readonly traceparent: string | undefined;
  answered(status: number): void;
  /** By a word of ours, never by theirs. */
  failed(why: string): void;
}

/**
 * By OpenTelemetry's names for clients of HTTP: whom we ask, never where there, as path and query may be
 * what proves that we may. Undefined where the call in hand is not sampled.
 */
export function openRequestSpan(method: string, url: URL): RequestSpan | undefined {
  const span = openSpan(() => ({
    name: method,
    attributes: {
      'http.request.method': method,
      'server.address': url.hostname,
      'server.port': Number(url.port) || (url.protocol === 'https:' ? 443 : 80),
    },
  }));
  return (
    span && {
      traceparent: span.traceparent,
      answered: (status) => {
        const found = { 'http.response.status_code': status };
        // Whoever is refused has failed, other than whoever refuses.
        if (status >= 400) span.fail({ code: String(status) }, found);
        else span.end(found);
      },
      failed: (why) => span.fail({ code: why }),
    }
  );
}
