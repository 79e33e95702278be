import { minuteSeconds, secondsAfter } from '../../platform/clock.ts';
import type {
  IdentityProvider,
  ProviderTokens,
} from '../../platform/identity-providers/identity-provider.ts';

/** As JSON. The ID token is of the sign-in alone, and not among them. */
export interface Tokens {
  readonly accessToken?: string;
  readonly refreshToken?: string;
  readonly accessTokenExpiresAt?: string;
}

/** What ends within so long is not used any more. */
const spareSeconds = minuteSeconds;

export function isGoodAt(now: Date, { accessToken, accessTokenExpiresAt: end }: Tokens): boolean {
  const soon = secondsAfter(now, spareSeconds);
  return accessToken !== undefined && (end === undefined || new Date(end) > soon);
}

/** What a sign-in brings for the time after it, and which provider gave it. */
export interface Brought {
  readonly provider: string;
  readonly tokens?: Tokens | undefined;
}

/** What of these tokens is kept; nothing, unless the configuration of the provider says so. */
export function tokensToKeep(
  provider: IdentityProvider | undefined,
  tokens: ProviderTokens,
): { tokens?: Tokens } {
  return provider?.upkeep ? { tokens: asJson(tokens) } : {};
}

export function asJson({ accessToken, refreshToken, ...rest }: ProviderTokens): Tokens {
  const accessTokenExpiresAt = rest.accessTokenExpiresAt?.toISOString();
  return {
    ...(accessToken !== undefined && { accessToken }),
    ...(refreshToken !== undefined && { refreshToken }),
    ...(accessTokenExpiresAt !== undefined && { accessTokenExpiresAt }),
  };
}
