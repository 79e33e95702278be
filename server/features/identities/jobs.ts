import * as z from 'zod';
import { job } from '../../platform/jobs/job.ts';

/** Renews the tokens that are due, and takes over what their providers tell of people. */
export const refreshTokens = job('identities.refresh', z.object({}).strict(), {
  timeoutSeconds: 240,
});

/** Reads anew what the providers publish about themselves. */
export const rediscoverProviders = job('identities.rediscover', z.object({}).strict(), {
  timeoutSeconds: 180,
});

/** Removes the tokens of providers whose tokens are to be kept no more. */
export const dropTokens = job('identities.drop-tokens', z.object({}).strict());

/** Tells a provider to forget the tokens of an identity that is gone. Tried for half a day. */
export const revokeTokens = job(
  'identities.revoke',
  z.object({ identityId: z.uuid(), provider: z.string(), sealed: z.string() }),
  {
    ...{ attempts: 18, retrySeconds: 60, timeoutSeconds: 180, safety: true },
    aboutSealed: ({ identityId }) => aboutRevoked(identityId),
  },
);

export const aboutRevoked = (identityId: string) => `identities.revoke:${identityId}`;
