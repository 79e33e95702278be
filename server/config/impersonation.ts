import { section } from './section.ts';
import { flag, whole } from './values.ts';

export const impersonation = section({
  settings: {
    IMPERSONATION_MINUTES: whole(1, 60).default(15),
    IMPERSONATION_MAIL: flag.default(true),
  },
  build: (given) => ({
    /** After this somebody acts as themselves again, whatever they do. */
    seconds: given.IMPERSONATION_MINUTES * 60,
    /** Whether the person is told by mail. */
    isTold: given.IMPERSONATION_MAIL,
  }),
});
