import type { Platform } from '../../platform/platform.ts';
import { voidedByRestore } from './after-restore.ts';
import { tokensData } from './personal-data.ts';
import { purgeTokens } from './purge.ts';
import { OneTimeTokens } from './service.ts';

export type OneTimeTokensFeature = ReturnType<typeof oneTimeTokensFeature>;

/** Serves no noun of its own: the features that send links stand on it. */
export function oneTimeTokensFeature(platform: Platform) {
  return {
    service: new OneTimeTokens(platform),
    jobs: [purgeTokens(platform)],
    personalData: [tokensData],
    afterRestore: [voidedByRestore],
  };
}
