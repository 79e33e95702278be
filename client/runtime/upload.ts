import type { CallOptions } from './connection.ts';
import type { Fetch, FetchInit, FetchResponse, FileSource, HeadersShape } from './platform.ts';
import type { Sending } from './sending.ts';

export interface UploadOptions extends CallOptions {
  /** Hears how far the upload is, now and then. */
  readonly onProgress?: OnProgress | undefined;
}

export type OnProgress = (progress: UploadProgress) => void;

export interface UploadProgress {
  readonly sentBytes: number;
  /** Of everything that is sent; undefined where the platform does not say. */
  readonly totalBytes: number | undefined;
}

/**
 * Sends a body with a file. Whoever wants no progress gets `fetch` as it is. Else a browser counts by
 * `XMLHttpRequest`, as its `fetch` tells nothing and streams nothing over HTTP/1.1; elsewhere, what
 * `fetch` takes is counted. Only what uploads something loads this.
 */
export async function upload(
  { body }: { readonly body: object },
  { onProgress }: UploadOptions,
  own: Fetch | undefined,
): Promise<Sending> {
  const form = new FormData();
  const files: [string, FileSource][] = [];
  for (const [name, value] of Object.entries(body)) {
    if (typeof value === 'object') files.push([name, value as FileSource]);
    else if (value !== undefined) form.append(name, String(value));
  }
  // Fields come first, so that they are known before the file is read.
  for (const [name, source] of files) form.append(name, await blobOf(source));
  const content = () => ({ body: bodyOf(form) });
  // Browsers refuse their fetch as a method of another object.
  const send = own ?? fetch;
  if (!onProgress) return { content, fetch: (url, init) => send(url, untyped(init)) };
  if (own || typeof XMLHttpRequest === 'undefined')
    return { content: () => counted(form, onProgress) };
  return { content, fetch: (url, init) => byRequest(url, untyped(init), onProgress) };
}

/** The platform alone knows what is between the parts: a type that a connection gives all requests would hide it. */
function untyped({ headers, ...init }: FetchInit): FetchInit {
  const { 'content-type': _, ...others } = headers;
  return { ...init, headers: others };
}

/** As `fetch` is told here: a `fetch` that somebody brings need not know how others name bodies. */
function bodyOf(content: FormData | ReadableStream): string {
  return content as unknown as string;
}

/** It may have to be sent again, after a refresh: what streams is collected first. */
async function blobOf(source: FileSource): Promise<Blob> {
  return source instanceof Blob ? source : new Response(source as BodyInit).blob();
}

function counted(form: FormData, onProgress: OnProgress) {
  const packed = new Response(form);
  const reader = (packed.body as ReadableStream<Uint8Array>).getReader();
  let sentBytes = 0;
  const body = new ReadableStream<Uint8Array>({
    // Whoever aborts lets go of it: Node's own stream of a form must not be cancelled while it is read.
    async pull(out) {
      const { done, value } = await reader.read();
      if (done) return out.close();
      sentBytes += value.length;
      out.enqueue(value);
      onProgress({ sentBytes, totalBytes: undefined });
    },
  });
  const type = packed.headers.get('content-type') ?? '';
  return { type, body: bodyOf(body), duplex: 'half' } as const;
}

/** What `fetch` would answer, from a request that tells how far it is. */
function byRequest(
  url: string,
  { method, headers, body, credentials, signal }: FetchInit,
  onProgress: OnProgress,
): Promise<FetchResponse> {
  const request = new XMLHttpRequest();
  const abort = () => request.abort();
  const done = new Promise<FetchResponse>((resolve, reject) => {
    const fail = () => reject(new TypeError('The request failed'));
    request.onload = () => resolve(responseOf(request));
    request.onerror = fail;
    request.onabort = fail;
  });
  request.open(method, url);
  request.withCredentials = credentials === 'include';
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
  request.upload.onprogress = ({ loaded: sentBytes, total: totalBytes }) =>
    onProgress({ sentBytes, totalBytes });
  signal?.addEventListener('abort', abort);
  // Before it is sent an abort is no event.
  if (signal?.aborted) return Promise.reject(signal.reason);
  request.send(body);
  return done.finally(() => signal?.removeEventListener('abort', abort));
}

function responseOf(request: XMLHttpRequest): FetchResponse {
  const headers = new Headers();
  // Of another origin there may be none to see.
  for (const [, name = '', value = ''] of request
    .getAllResponseHeaders()
    .matchAll(/^([^:\r\n]+): ?(.*?)\r?$/gm)) {
    headers.append(name, value);
  }
  const { status, responseText } = request;
  return {
    ok: status >= 200 && status < 300,
    status,
    headers: headers as HeadersShape,
    text: async () => responseText,
  };
}
