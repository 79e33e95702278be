import { section } from './section.ts';
import { whole } from './values.ts';

export const events = section({
  settings: {
    EVENTS_POLL_MS: whole(100, 60_000).default(2_000),
  },
  build: (given) => ({
    /** How often events are looked for where nothing was announced. */
    pollMs: given.EVENTS_POLL_MS,
  }),
});
