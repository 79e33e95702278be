import { section } from './section.ts';
import { whole } from './values.ts';

/** For how long API keys work. */
export const apiKeys = section({
  settings: {
    API_KEY_DAYS: whole(1, 3_650).default(90),
    API_KEY_MAX_DAYS: whole(1, 3_650).default(365),
  },
  build: (given) => ({
    /** Where whoever makes one says nothing. */
    usualDays: Math.min(given.API_KEY_DAYS, given.API_KEY_MAX_DAYS),
    maxDays: given.API_KEY_MAX_DAYS,
  }),
});

export type ApiKeysConfig = ReturnType<typeof apiKeys.build>;
