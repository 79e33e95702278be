import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { VaultConfig } from '../../../config/vault.ts';
import { VaultFailure } from './vault-failure.ts';

export interface VaultAsked {
  readonly method: 'GET' | 'POST';
  /** Below `/v1/`. */
  readonly path: string;
  readonly token?: string;
  readonly body?: Readonly<Record<string, unknown>>;
  readonly signal?: AbortSignal;
  /** Health is that of the whole. */
  readonly isOutsideNamespace?: boolean;
}

export interface VaultAnswer {
  readonly status: number;
  /** Undefined: there was none, or no JSON. */
  readonly body: unknown;
  /** What Vault says of a failure, in one line, without what we sent. */
  readonly words: string;
  readonly retryAfterMs: number | undefined;
}

/** @throws {VaultFailure} where there is no answer, or one that no Vault gives. */
export type VaultCall = (asked: VaultAsked) => Promise<VaultAnswer>;

/** Vault takes no entry that is larger. */
const maxBytes = 1_048_576;
const maxRetryAfterMs = 300_000;

/**
 * One request to Vault: an end to the time and to the size, and no redirects, which would carry the
 * token to whomever the answer names.
 */
export function vaultCalls(config: VaultConfig): VaultCall {
  return async (asked) => {
    const limit = AbortSignal.timeout(config.timeoutMs);
    const signal = AbortSignal.any([limit, ...(asked.signal ? [asked.signal] : [])]);
    try {
      return await send(config, asked, signal);
    } catch (error) {
      if (error instanceof VaultFailure) throw error;
      const why = limit.aborted ? `no answer in ${config.timeoutMs} ms` : wordsOf(error);
      throw new VaultFailure(
        isTrust(error) ? 'untrusted' : 'unreachable',
        `${config.address}: ${why}`,
      );
    }
  };
}

async function send(
  config: VaultConfig,
  asked: VaultAsked,
  signal: AbortSignal,
): Promise<VaultAnswer> {
  const url = new URL(`/v1/${asked.path}`, config.address);
  const isSecure = url.protocol === 'https:';
  // Loaded by the first request, of those services that have a Vault.
  const http = isSecure ? await import('node:https') : await import('node:http');
  const body = asked.body && JSON.stringify(asked.body);
  const request = http.request(url, {
    ...{ method: asked.method, signal, agent: false },
    ...(isSecure && config.ca !== undefined && { ca: config.ca }),
    headers: {
      accept: 'application/json',
      // What is not packed needs no second limit for what it unpacks to.
      'accept-encoding': 'identity',
      // An agent or proxy of Vault may insist on it: no browser can be made to send it elsewhere.
      'x-vault-request': 'true',
      ...(config.namespace !== undefined &&
        !asked.isOutsideNamespace && { 'x-vault-namespace': config.namespace }),
      ...(asked.token !== undefined && { 'x-vault-token': asked.token }),
      ...(body !== undefined && {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
      }),
    },
  });
  // What still comes when we have turned away is nobody's concern.
  request.on('error', () => {});
  request.end(body);
  const [response] = (await once(request, 'response', { signal })) as [IncomingMessage];
  try {
    return await answerOf(response, config, asked);
  } finally {
    request.destroy();
  }
}

async function answerOf(
  response: IncomingMessage,
  { address }: VaultConfig,
  asked: VaultAsked,
): Promise<VaultAnswer> {
  const status = response.statusCode ?? 0;
  if (status < 200 || status > 599 || (status >= 300 && status < 400)) {
    const what =
      status >= 300 && status < 400 ? 'with a redirect, which is not followed' : `${status}`;
    throw new VaultFailure('foreign', `${address}: answers ${what}`);
  }
  const body = parsed(await readAll(response, address));
  if (status === 200 && body === undefined) {
    throw new VaultFailure('foreign', `${address}: answers no JSON`);
  }
  const retryAfterMs = retryAfterOf(response);
  return {
    status,
    body,
    words: withoutOurs(wordsIn(body) || `status ${status}`, asked),
    retryAfterMs,
  };
}

async function readAll(response: IncomingMessage, address: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > maxBytes) {
      throw new VaultFailure('foreign', `${address}: answers more than ${maxBytes} bytes`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `{"errors":["permission denied"]}` is how Vault says what is wrong. */
function wordsIn(body: unknown): string {
  const { errors } = (body ?? {}) as { errors?: unknown };
  if (!Array.isArray(errors)) return '';
  const text = errors.filter((one) => typeof one === 'string').join('; ');
  return text
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 300);
}

/** Some answers repeat what they were asked. */
function withoutOurs(words: string, { token, body }: VaultAsked): string {
  const ours = [token, ...Object.values(body ?? {})];
  return ours.reduce<string>(
    (text, value) =>
      typeof value === 'string' && value !== '' ? text.replaceAll(value, '…') : text,
    words,
  );
}

function retryAfterOf({ headers }: IncomingMessage): number | undefined {
  const seconds = Number(headers['retry-after']);
  return seconds > 0 ? Math.min(seconds * 1000, maxRetryAfterMs) : undefined;
}

function wordsOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code && !message.includes(code) ? `${message} (${code})` : message || String(code);
}

function isTrust(error: unknown): boolean {
  const { code = '' } = error as NodeJS.ErrnoException;
  return /^(DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|CERT_|ERR_TLS_CERT_|HOSTNAME_MISMATCH)/.test(code);
}
