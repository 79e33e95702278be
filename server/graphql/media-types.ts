import type { IncomingMessage } from 'node:http';
import { takenOf } from '../http/request-head.ts';

/** What an answer may be; where a caller has no preference, the first. */
export const mediaTypes = [
  'application/json',
  'application/graphql-response+json',
  'text/event-stream',
] as const;

/** What the caller takes, without weights: yoga reads none, and would answer what is ruled out by `q=0`. */
export function acceptOf(req: IncomingMessage): string {
  const { accept = '*/*' } = req.headers;
  return accept.includes(';') ? takenOf(req, mediaTypes).join() : accept;
}
