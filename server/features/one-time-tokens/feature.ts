import { OneTimeTokens } from './service.ts';

export type OneTimeTokensFeature = ReturnType<typeof oneTimeTokensFeature>;

/** Serves no noun of its own: the features that send links stand on it. */
export function oneTimeTokensFeature() {
  return { service: new OneTimeTokens() };
}
