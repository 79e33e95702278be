import { ProviderError } from '../../platform/identity-providers/identity-provider.ts';
import { type Work, works } from '../../platform/jobs/job.ts';
import type { Platform } from '../../platform/platform.ts';
import { aboutRevoked, revokeTokens } from './jobs.ts';
import type { Tokens } from './tokens.ts';

/** Has nothing to do where the provider is configured no more, or offers no such thing. */
export function revokesTokens({ identityProviders, secretKeys }: Platform): Work {
  return works(revokeTokens, async ({ data: { identityId, provider: name, sealed } }) => {
    const provider = identityProviders.find(name);
    if (!provider?.revoke) return;
    const tokens = JSON.parse(secretKeys.open(sealed, aboutRevoked(identityId))) as Tokens;
    const { accessToken, refreshToken } = tokens;
    try {
      await provider.revoke({
        ...(accessToken !== undefined && { accessToken }),
        ...(refreshToken !== undefined && { refreshToken }),
      });
    } catch (error) {
      // They are void already.
      if (error instanceof ProviderError && error.failure === 'refused') return;
      throw error;
    }
  });
}
