import { section } from './section.ts';
import { whole } from './values.ts';

export const personalData = section({
  settings: {
    // The law asks for a month at most (GDPR, Art. 12(3)).
    ERASURE_GRACE_DAYS: whole(0, 30).default(30),
  },
  build: (given) => ({
    /** Between asking for the erasure of an account and the erasure. */
    erasureGraceDays: given.ERASURE_GRACE_DAYS,
  }),
});
