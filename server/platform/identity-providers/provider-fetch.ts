import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { AddressRefused, guardedLookup } from '../outgoing/guarded-lookup.ts';
import { hostOf, isPrivateAddress } from '../outgoing/private-addresses.ts';
import { openRequestSpan } from '../outgoing/request-span.ts';
import { ProviderError } from './identity-provider.ts';

export interface FetchLimits {
  /** All of it, from the look-up of the host to the last byte. */
  readonly timeoutMs: number;
  readonly maxBytes: number;
  readonly allowHttp: boolean;
  readonly allowPrivateNetwork: boolean;
}

export interface ProviderRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export type ProviderFetch = (url: string, request?: ProviderRequest) => Promise<Response>;

/**
 * A `fetch` for what a provider publishes: no redirects, an end to the time and to the size, and no
 * address of our own network, whichever name leads there. It is not the global one, which tells
 * nobody where a name led before it has connected.
 */
export function providerFetch(limits: FetchLimits): ProviderFetch {
  return async (address, request = {}) => {
    const url = new URL(address);
    assertAllowed(url, limits);
    const signal = AbortSignal.timeout(limits.timeoutMs);
    const span = openRequestSpan(request.method ?? 'GET', url);
    try {
      const response = await send(url, request, { ...limits, signal, trace: span?.traceparent });
      span?.answered(response.status);
      return response;
    } catch (error) {
      const told = toldOf(error, url, signal.aborted ? limits.timeoutMs : undefined);
      span?.failed(told.failure);
      throw told;
    }
  };
}

function toldOf(error: unknown, url: URL, waitedMs: number | undefined): ProviderError {
  if (error instanceof ProviderError) return error;
  if (error instanceof AddressRefused) return new ProviderError('invalid_answer', error.message);
  const reason = waitedMs === undefined ? wordsOf(error) : `no answer in ${waitedMs} ms`;
  return new ProviderError('unreachable', `${placeOf(url)}: ${reason}`);
}

interface Way extends FetchLimits {
  readonly signal: AbortSignal;
  /** So that whoever answers may go on with our trace; only where it is sampled. */
  readonly trace: string | undefined;
}

async function send(
  url: URL,
  { method = 'GET', headers, body }: ProviderRequest,
  { signal, trace, ...limits }: Way,
): Promise<Response> {
  // Loaded by the first request: it brings the global `fetch` along, which no start needs.
  const http = url.protocol === 'https:' ? await import('node:https') : await import('node:http');
  const request = http.request(url, {
    ...{ method, signal, agent: false },
    // What is not packed needs no second limit for what it unpacks to.
    headers: {
      ...headers,
      ...(trace !== undefined && { traceparent: trace }),
      'accept-encoding': 'identity',
      // By itself Node leaves the end of the body open for some methods.
      ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
    },
    ...(!limits.allowPrivateNetwork && { lookup: publicLookup }),
  });
  // What still comes when we have turned away is nobody's concern.
  request.on('error', () => {});
  request.end(body);
  const [response] = (await once(request, 'response', { signal })) as [IncomingMessage];
  const status = response.statusCode ?? 0;
  try {
    if (status >= 300 && status < 400) {
      throw new ProviderError('invalid_answer', `${placeOf(url)}: answers with a redirect`);
    }
    if (status < 200 || status > 599) {
      throw new ProviderError('invalid_answer', `${placeOf(url)}: answers ${status}`);
    }
    const content = await readUpTo(response, limits.maxBytes, url);
    const hasBody = status !== 204 && status !== 205;
    return new Response(hasBody ? new Uint8Array(content) : null, {
      status,
      headers: plain(response.headers),
    });
  } finally {
    request.destroy();
  }
}

function assertAllowed(url: URL, { allowHttp, allowPrivateNetwork }: FetchLimits): void {
  const refuse = (reason: string) => {
    throw new ProviderError('invalid_answer', `${placeOf(url)}: ${reason}`);
  };
  if (url.protocol !== 'https:' && !(allowHttp && url.protocol === 'http:')) refuse('is not https');
  // A name is looked at when it was looked up; an address never is.
  const isPrivate = isPrivateAddress(hostOf(url));
  if (!allowPrivateNetwork && isPrivate) refuse('is an address of a private network');
}

const publicLookup = guardedLookup((address) => !isPrivateAddress(address));

async function readUpTo(response: IncomingMessage, maxBytes: number, url: URL): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new ProviderError(
        'invalid_answer',
        `${placeOf(url)}: is larger than ${maxBytes} bytes`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function plain(headers: IncomingMessage['headers']): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, String(value)] as [string, string]],
  );
}

/** Without the query: it may hold what no log should. */
function placeOf({ origin, pathname }: URL): string {
  return `${origin}${pathname}`;
}

function wordsOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code ?? message;
}
