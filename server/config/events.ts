import { section } from './section.ts';
import { whole } from './values.ts';

export const events = section({
  settings: {
    EVENTS_POLL_MS: whole(100, 60_000).default(2_000),
    LIVE_EVENTS_HEARTBEAT_SECONDS: whole(1, 45).default(15),
    LIVE_EVENTS_PER_CALLER: whole(1, 10_000).default(10),
    LIVE_EVENTS_PER_PROCESS: whole(1, 1_000_000).default(2_000),
    LIVE_EVENTS_BUFFER_BYTES: whole(1_024, 100_000_000).default(262_144),
  },
  build: (given) => ({
    /** How often events are looked for where nothing was announced. */
    pollMs: given.EVENTS_POLL_MS,
    heartbeatMs: given.LIVE_EVENTS_HEARTBEAT_SECONDS * 1000,
    perCaller: given.LIVE_EVENTS_PER_CALLER,
    perProcess: given.LIVE_EVENTS_PER_PROCESS,
    /** What waits for one reader at most. */
    bufferBytes: given.LIVE_EVENTS_BUFFER_BYTES,
  }),
});
