// `@charter/client/webhooks`: the operations on webhooks, and what their receivers do with what comes.
import type { Event } from './generated/event-catalogue.ts';
import { headerOf, type ReceivedHeaders } from './runtime/received.ts';

export * from './generated/webhooks.ts';

/** What a webhook brings. `test`: somebody sent the example of a kind, and nothing has happened. */
export type WebhookEvent = Event & { readonly test?: true };

/** Why what came is not believed. */
export type WebhookFailure = 'incomplete' | 'too_old' | 'too_new' | 'wrong_signature' | 'not_json';

/** Answer 400, and nothing else: whoever sent it is not us, or it is too late to believe it. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError';
  readonly reason: WebhookFailure;

  constructor(reason: WebhookFailure, message: string) {
    super(message);
    this.reason = reason;
  }
}

/** `Headers`, or those of a request in Node. */
export type WebhookHeaders = ReceivedHeaders;

export interface VerifyOptions {
  /** How far the clock of whoever sent it may be off, and how old a copy may be: 300. */
  readonly toleranceSeconds?: number;
  /** The instant to compare with; now when left out. */
  readonly now?: Date;
}

/**
 * Whether it is we who sent it, after Standard Webhooks, and what it says. `body` is what came, to the
 * byte: what was parsed and written again is something else. While a secret is rotated, give both.
 * @throws {WebhookError}
 */
export async function verifyWebhook(
  body: string | Uint8Array,
  headers: WebhookHeaders,
  secrets: string | readonly string[],
  { toleranceSeconds = 300, now = new Date() }: VerifyOptions = {},
): Promise<WebhookEvent> {
  const [id, timestamp, signatures] = ['id', 'timestamp', 'signature'].map((name) =>
    headerOf(headers, `webhook-${name}`),
  );
  if (!id || !timestamp || !signatures || !/^\d{1,12}$/.test(timestamp)) {
    throw new WebhookError('incomplete', 'A header of the webhook is missing or broken');
  }
  const age = now.getTime() / 1000 - Number(timestamp);
  if (age > toleranceSeconds) throw new WebhookError('too_old', 'The webhook is too old');
  if (-age > toleranceSeconds) throw new WebhookError('too_new', 'The webhook is from the future');
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const signed = joined(new TextEncoder().encode(`${id}.${timestamp}.`), bytes);
  if (!(await isSigned(signed, signatures, [secrets].flat()))) {
    throw new WebhookError('wrong_signature', 'No signature of the webhook fits a secret');
  }
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as WebhookEvent;
  } catch {
    throw new WebhookError('not_json', 'The webhook is signed, but no JSON');
  }
}

/** More than this are signed by nobody. */
const maxSignatures = 10;

/** Compared by WebCrypto, in the same time whether they fit or not. */
async function isSigned(
  signed: Uint8Array<ArrayBuffer>,
  signatures: string,
  secrets: readonly string[],
): Promise<boolean> {
  const given = signatures
    .split(' ')
    .slice(0, maxSignatures)
    .flatMap((each) => (each.startsWith('v1,') ? (bytesOf(each.slice(3)) ?? []) : []));
  for (const secret of secrets) {
    const key = await keyOf(secret);
    for (const signature of given) {
      if (await crypto.subtle.verify('HMAC', key, signature, signed)) return true;
    }
  }
  return false;
}

function keyOf(secret: string): Promise<CryptoKey> {
  const bytes = bytesOf(secret.replace(/^whsec_/, ''));
  if (!bytes || bytes.length === 0) throw new TypeError('A secret of a webhook is whsec_…');
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', bytes, algorithm, false, ['verify']);
}

/** Undefined for what is no base64. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return undefined;
  }
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
}
