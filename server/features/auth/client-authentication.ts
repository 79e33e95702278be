import type { TokenRequest } from '../../../contract/oauth.ts';
import { invalidInput, problem } from '../../platform/problem-error.ts';

/** What a client says of itself; whether it is true is for others. */
export interface ClaimedClient {
  readonly id: string | undefined;
  readonly secret: string | undefined;
}

/**
 * RFC 6749, 2.3.1: by `Authorization: Basic` or in the form, never by both. Any other header is for
 * calls that somebody is signed in for, and says nothing of a client.
 * @throws a problem for a header that cannot be read, and for two ways at once.
 */
export function readClient(
  { client_id: id, client_secret: secret }: TokenRequest,
  authorization: string | undefined,
): ClaimedClient {
  const given = authorization && /^Basic +(.*)$/i.exec(authorization)?.[1];
  if (given === undefined || given === '') return { id, secret };
  const client = readBasic(given);
  if (!client) throw problem('invalid_client');
  // Some libraries name the client in the form as well: that is no second way, if it is the same.
  if (secret !== undefined) throw twice('client_secret');
  if (id !== undefined && id !== client.id) throw twice('client_id');
  return client;
}

function twice(path: string) {
  const message = 'The header names the client already';
  return invalidInput({ in: 'body', path, code: 'broken_rule', message });
}

/** RFC 7617, and in it the form encoding of both parts. */
function readBasic(given: string): ClaimedClient | undefined {
  if (!/^[\w+/-]+={0,2}$/.test(given)) return undefined;
  const text = Buffer.from(given, 'base64').toString();
  const colon = text.indexOf(':');
  if (colon === -1) return undefined;
  const id = formDecoded(text.slice(0, colon));
  const secret = formDecoded(text.slice(colon + 1));
  return id === undefined || secret === undefined ? undefined : { id, secret };
}

/** RFC 6749, appendix B. */
function formDecoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return undefined;
  }
}
