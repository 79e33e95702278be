// Where the project knows no platform: shapes of one's own fit, and nothing else is asked for.
import type { Connection, Fetch, HeadersShape, Signal, SignalShape } from '@charter/client';
import { meGet } from '@charter/client/me';

const headers: HeadersShape = { get: () => null, has: () => false, forEach: () => undefined };

export const fake: Fetch = async (url, init) => ({
  ok: init.method === 'GET',
  status: url.length,
  headers,
  text: async () => init.body ?? init.headers['accept'] ?? '',
});
export const connection: Connection = { baseUrl: '', fetch: fake };

declare const signal: SignalShape;

export async function called(): Promise<string | null> {
  const own: Signal = signal;
  const answer = await meGet(connection, {}, { signal: own });
  return answer.headers.get('etag');
}
