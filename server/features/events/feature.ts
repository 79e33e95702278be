import type { Platform } from '../../platform/platform.ts';
import { eventsHandlers } from './handlers.ts';
import { OpenStreams } from './open-streams.ts';

/** Tells callers what happens, while they listen. */
export function eventsFeature(platform: Platform) {
  return { handlers: eventsHandlers(new OpenStreams(platform)) };
}
