import type { Fetch, FetchInit } from '../../client/index.ts';
import type { Reply } from './stand-in.ts';

export interface Sent extends FetchInit {
  url: string;
}

/** A connection without a network: answers one after the other; where there is none, it breaks. */
export function scripted(...replies: (Reply | undefined)[]) {
  const sent: Sent[] = [];
  const fetch: Fetch = async (url, init) => {
    init.signal?.throwIfAborted();
    sent.push({ url, ...init });
    const reply = replies.shift();
    if (!reply) throw new TypeError('fetch failed');
    return responseTo(reply);
  };
  return { connection: { baseUrl: 'https://api.example.com', fetch }, sent };
}

function responseTo({ status, type = 'application/json', headers, body }: Reply): Response {
  const isBare = body === undefined || status === 204 || status === 304;
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return new Response(isBare ? null : text, {
    status,
    headers: { 'content-type': type, ...headers },
  });
}
