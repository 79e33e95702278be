import * as z from 'zod';
import { section, when } from './section.ts';
import { csv, whole } from './values.ts';

/** Secrets that are made for development begin like this; production refuses them. */
export const developmentSecretPrefix = 'development-only-';

export const howToMakeSecret = 'make one with `openssl rand -base64 48`';

export const secrets = section({
  settings: {
    SECRET_KEYS: csv.pipe(
      z
        .array(z.string().min(32, 'each secret needs at least 32 characters'))
        .min(1, 'write at least one secret'),
    ),
    SIGNING_KEY_DAYS: whole(1, 3_650).default(90),
  },
  /** The first one seals and signs; all of them open and verify. */
  build: (given) => ({
    keys: given.SECRET_KEYS,
    /** How long a key signs access tokens before another one takes its place. */
    signingKeyDays: given.SIGNING_KEY_DAYS,
  }),
  refuse: ({ SECRET_KEYS }) =>
    when(
      SECRET_KEYS?.some((secret) => secret.includes(developmentSecretPrefix)) ?? false,
      `SECRET_KEYS: holds a development secret; ${howToMakeSecret}`,
    ),
});
