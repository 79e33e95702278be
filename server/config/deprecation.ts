import * as z from 'zod';
import { section } from './section.ts';

export const deprecation = section({
  settings: { AFTER_SUNSET: z.enum(['gone', 'served']).default('gone') },
  build: (given) => ({
    /** Whether a deprecated operation answers beyond its last day. */
    isServedAfterSunset: given.AFTER_SUNSET === 'served',
  }),
});
