import { envelopeOf } from '../../platform/events/envelope.ts';
import type { FeedEvent } from '../../platform/events/feed.ts';

/** A comment, so that proxies and callers know that somebody is there (WHATWG HTML, 9.2.7). */
export const heartbeat: Uint8Array = Buffer.from(': \n\n');

/** How far the reader has come, though nothing was for them: it has no data, and is no message. */
export function markOf(eventId: string): Uint8Array {
  return Buffer.from(`id: ${eventId}\n\n`);
}

/** How long to wait before the next try: not the same for all, who would come back at once otherwise. */
export function greeting(retryMs: number): Uint8Array {
  return Buffer.from(`retry: ${retryMs}\n\n`);
}

const made = new WeakMap<FeedEvent, Uint8Array>();

/** An event on its way to a caller: written once, however many hear of it. */
export function frameOf(event: FeedEvent): Uint8Array {
  const known = made.get(event);
  if (known) return known;
  const data = JSON.stringify(envelopeOf(event));
  const frame = Buffer.from(`id: ${event.id}\nevent: ${event.name}\ndata: ${data}\n\n`);
  made.set(event, frame);
  return frame;
}
