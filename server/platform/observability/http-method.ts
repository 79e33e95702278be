/** RFC 9110, 9.1 and RFC 5789: the methods that OpenTelemetry's conventions know. */
const known = new Set([
  'CONNECT',
  'DELETE',
  'GET',
  'HEAD',
  'OPTIONS',
  'PATCH',
  'POST',
  'PUT',
  'TRACE',
]);

/** Callers may invent methods: all inventions are one word, or they could grow our series. */
export function conventionalMethod(method: string): string {
  return known.has(method) ? method : '_OTHER';
}
