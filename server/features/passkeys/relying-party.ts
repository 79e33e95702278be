import { service } from '../../../contract/service.ts';
import type { Config } from '../../config/config.ts';

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
export function relyingPartyOf({ http, secondFactors }: Config): RelyingParty {
  const { publicUrl, frontendUrl, corsOrigins } = http;
  const id = secondFactors.passkeyRpId ?? new URL(frontendUrl ?? publicUrl).hostname;
  const origins = [publicUrl, ...(frontendUrl ? [frontendUrl] : []), ...corsOrigins];
  const isBelow = (origin: string) => {
    const { hostname } = new URL(origin);
    return hostname === id || hostname.endsWith(`.${id}`);
  };
  return { id, name: service.title, origins: [...new Set(origins.filter(isBelow))] };
}
