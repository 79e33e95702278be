import { envelopeOf } from '../../platform/events/envelope.ts';
import type { FeedEvent } from '../../platform/events/feed.ts';

/** What is on its way to a caller, written as Server-Sent Events. */
export interface Frame {
  readonly bytes: Uint8Array;
  /** What it tells; nothing where it only keeps the connection. */
  readonly event?: FeedEvent;
}

/** A comment, so that proxies and callers know that somebody is there (WHATWG HTML, 9.2.7). */
export const heartbeat: Frame = { bytes: Buffer.from(': \n\n') };

/** How far the reader has come, though nothing was for them: it has no data, and is no message. */
export function markOf(eventId: string): Frame {
  return { bytes: Buffer.from(`id: ${eventId}\n\n`) };
}

/** How long to wait before the next try: not the same for all, who would come back at once otherwise. */
export function greeting(retryMs: number): Frame {
  return { bytes: Buffer.from(`retry: ${retryMs}\n\n`) };
}

const made = new WeakMap<FeedEvent, Frame>();

/** An event on its way to a caller: written once, however many hear of it. */
export function frameOf(event: FeedEvent): Frame {
  const known = made.get(event);
  if (known) return known;
  const data = JSON.stringify(envelopeOf(event));
  const bytes = Buffer.from(`id: ${event.id}\nevent: ${event.name}\ndata: ${data}\n\n`);
  const frame = { bytes, event };
  made.set(event, frame);
  return frame;
}

/** Several of them, for one write. */
export function bytesOf(frames: readonly Frame[]): Uint8Array {
  const [first, ...rest] = frames;
  if (first && rest.length === 0) return first.bytes;
  return Buffer.concat(frames.map(({ bytes }) => bytes));
}
