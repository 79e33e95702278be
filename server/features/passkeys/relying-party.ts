import type { Config } from '../../config/config.ts';
import { productNameOf } from '../../platform/product-name.ts';

/** For whom passkeys are made, and which pages may use them. */
export interface RelyingParty {
  readonly id: string;
  readonly name: string;
  readonly origins: readonly string[];
}

/**
 * From configuration only, never from a request. A page may use the passkeys if its host is the
 * relying party's or below it, as browsers have it; the check is ours nevertheless.
 */
export function relyingPartyOf(config: Config): RelyingParty {
  const { secondFactors } = config;
  const { publicUrl, frontendUrl, corsOrigins } = config.http;
  const id = secondFactors.passkeyRpId ?? new URL(frontendUrl ?? publicUrl).hostname;
  const origins = [publicUrl, ...(frontendUrl ? [frontendUrl] : []), ...corsOrigins];
  const isBelow = (origin: string) => {
    const { hostname } = new URL(origin);
    return hostname === id || hostname.endsWith(`.${id}`);
  };
  return { id, name: productNameOf(config), origins: [...new Set(origins.filter(isBelow))] };
}
