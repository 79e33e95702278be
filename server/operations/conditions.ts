import type { Conditional } from '../../contract/kit/facets/conditional.ts';
import { isStreamed, type Streamed } from '../../contract/kit/facets/streams.ts';
import type { Expected } from '../platform/expected.ts';
import { problem } from '../platform/problem-error.ts';
import {
  matches,
  matchesWeakly,
  type Preconditions,
  readTags,
  type Tags,
  tagOf,
} from './entity-tags.ts';
import type { HandlerReply } from './reply.ts';

/** What the handler of a conditional change hands to its service, with its view of a row. */
export type Expects = <Row>(view: (row: Row) => unknown) => Expected<Row>;

/** The conditions of one call. */
export interface Conditions {
  readonly expects: Expects;
  /** The answer with its tag, or what the conditions make of it. */
  readonly answer: (reply: HandlerReply) => HandlerReply;
}

interface Asked {
  readonly ifMatch: Tags | undefined;
  readonly ifNoneMatch: Tags | undefined;
}

/**
 * The step of a conditional operation: reads the conditions of a call before it is performed.
 * A read is judged by its answer; a change by its service, under the lock (`platform/expected.ts`).
 * @throws problems `malformed_request` and `precondition_required`.
 */
export function conditionsOf({ isRead, isRequired, represented }: Conditional) {
  const answerTo = (asked: Asked) => (reply: HandlerReply) =>
    reply.status === 200 ? tagged(reply, asked) : reply;
  const whateverItIs: Conditions = { expects: () => undefined, answer: answerTo(nothing) };
  return (given: Preconditions): Conditions => {
    const ifMatch = readTags(given['if-match']);
    const ifNoneMatch = readTags(given['if-none-match']);
    if (isRequired && !ifMatch) throw problem('precondition_required');
    if (!ifMatch && !ifNoneMatch) return whateverItIs;
    const asked = { ifMatch, ifNoneMatch };
    const stateOf = (view: unknown) => tagOf(JSON.stringify(represented?.parse(view)));
    return {
      expects: (view) => (row) => isMet(asked, stateOf(view(row))),
      answer: answerTo(isRead ? asked : nothing),
    };
  };
}

/** RFC 9110, 13.2.2, where something is changed: each condition must hold. */
function isMet({ ifMatch, ifNoneMatch }: Asked, current: string): boolean {
  if (ifMatch && !matches(ifMatch, current)) return false;
  return !ifNoneMatch || !matchesWeakly(ifNoneMatch, current);
}

/** Tagged is the very text that leaves: nobody has to remember what belongs to it. */
function tagged(reply: HandlerReply, { ifMatch, ifNoneMatch }: Asked): HandlerReply {
  const text = isStreamed(reply.body) ? undefined : JSON.stringify(reply.body);
  const current = text === undefined ? tagOfBytes(reply.body as Streamed) : tagOf(text);
  const headers = { ...reply.headers, ETag: current };
  const isOther = ifMatch !== undefined && !matches(ifMatch, current);
  const isKnown = ifNoneMatch !== undefined && matchesWeakly(ifNoneMatch, current);
  if (isOther || isKnown) letGoOf(reply.body);
  if (isOther) throw problem('precondition_failed');
  return isKnown ? { status: 304, headers } : { ...reply, headers, text };
}

/** Nobody reads it to know what it is: whoever keeps it has found out before. */
function tagOfBytes({ sha256, fileName }: Streamed): string {
  if (sha256 === undefined) throw new Error(`${fileName} has a tag, and nobody says its SHA-256`);
  return `"${sha256}"`;
}

/** What nobody will read holds a file, or a connection, no longer. */
function letGoOf(body: unknown): void {
  if (isStreamed(body)) (body.content as { destroy?: () => void }).destroy?.();
}

const nothing: Asked = { ifMatch: undefined, ifNoneMatch: undefined };
