import { section } from './section.ts';
import { whole } from './values.ts';

const perMinute = whole(1, 1_000_000);

export const limits = section({
  settings: {
    RATE_LIMIT_PER_MINUTE: perMinute.default(1_200),
    RATE_LIMIT_CREDENTIALS_PER_MINUTE: perMinute.default(30),
    RATE_LIMIT_WRITE_PER_MINUTE: perMinute.default(120),
    RATE_LIMIT_READ_PER_MINUTE: perMinute.default(600),
  },
  /** Requests per minute: by address, and by the groups that the contract declares. */
  build: (given) => ({
    address: given.RATE_LIMIT_PER_MINUTE,
    credentials: given.RATE_LIMIT_CREDENTIALS_PER_MINUTE,
    write: given.RATE_LIMIT_WRITE_PER_MINUTE,
    read: given.RATE_LIMIT_READ_PER_MINUTE,
  }),
});
