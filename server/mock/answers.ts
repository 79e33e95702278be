import type { Json } from '../../contract/kit/json.ts';
import type { Operation } from '../../contract/kit/operations.ts';
import type { HandlerReply } from '../operations/reply.ts';
import { type Asked, askedBy, type Handled } from './asked.ts';
import { liveEvents, streamedFile } from './bodies.ts';
import type { Collections, Placed } from './collections.ts';
import type { Described } from './described.ts';
import { preferenceOf } from './preference.ts';
import { cookiesFor, tokensFor } from './signing-in.ts';
import { store } from './storing.ts';

export interface AnswersParts {
  readonly described: Described;
  readonly collections: Collections;
  readonly isStateful: boolean;
  readonly now: () => Date;
  /** Where answers lead that lead somewhere. */
  readonly url: string;
  readonly eventEveryMs: number;
}

/** What an operation answers whose caller may call it, with input that keeps the rules. */
export function answering(operation: Operation, parts: AnswersParts) {
  const placed = parts.collections.placeOf(operation);
  const isLeading = operation.sends.has('Location');
  const headers: Record<string, string> = isLeading ? { Location: parts.url } : {};
  return async (handled: Handled): Promise<HandlerReply> => {
    const asked = askedBy(handled);
    const status = statusFor(operation, asked);
    const body = bodyFor({ operation, status, placed }, asked, parts);
    return { status, body, headers, cookies: cookiesFor(operation, asked) };
  };
}

/** The one that was asked for, else the first of the good ones. */
function statusFor({ route, streams }: Operation, { presented }: Asked): number {
  const { status } = preferenceOf(presented);
  if (status !== undefined && status in route.responses && !streams) return status;
  return Math.min(...Object.keys(route.responses).map(Number));
}

interface Answering {
  readonly operation: Operation;
  readonly status: number;
  readonly placed: Placed | undefined;
}

function bodyFor({ operation, status, placed }: Answering, asked: Asked, parts: AnswersParts) {
  const { described, eventEveryMs } = parts;
  const { streams, isLive, name } = operation;
  if (isLive) return liveEvents((at) => eventOf(described, at), eventEveryMs);
  if (streams) return streamedFile(streams);
  const stored = placed && store(operation, asked, placed, parts);
  const schema = described.schemaOf(operation, status);
  if (!schema || placed?.role === 'list') return stored;
  return described.sample(schema, `${name}/${asked.id}`, {
    ...likeOf(operation, asked),
    ...stored,
  });
}

/** What is known of the answer: who asks, what was sent, what the address names, and tokens. */
function likeOf(operation: Operation, asked: Asked): Json {
  const { actor, sent, id } = asked;
  const self = actor && {
    user: { id: actor.id, roles: actor.roles },
    permissions: [...actor.permissions],
    ...(operation.noun === 'me' && { id: actor.id, roles: actor.roles }),
  };
  return { ...self, ...sent, ...(id !== undefined && { id }), ...tokensFor(operation, asked) };
}

/** One of the events of the document, in turn. */
function eventOf(described: Described, at: number): Json {
  const kinds = Object.values(described.schemas).filter((schema) => 'x-subject' in schema);
  return described.row(kinds[at % kinds.length] ?? {}, `events/${at}`);
}
