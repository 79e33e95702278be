import type { Platform } from '../../platform/platform.ts';
import type { OneTimeTokensFeature } from '../one-time-tokens/feature.ts';
import { PasswordLinks } from './links.ts';
import { Passwords } from './service.ts';

export type PasswordsFeature = ReturnType<typeof passwordsFeature>;

/** Serves no operation: other features take, verify and change passwords through it. */
export function passwordsFeature(
  platform: Platform,
  { oneTimeTokens }: { readonly oneTimeTokens: OneTimeTokensFeature },
) {
  return {
    service: new Passwords(platform.config.passwords),
    links: new PasswordLinks(platform, oneTimeTokens.service),
  };
}
