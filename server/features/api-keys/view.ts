import type { ApiKey as ApiKeyShape } from '../../../contract/api-keys.ts';
import type { ApiKey } from './model.ts';
import type { MadeKey } from './service.ts';

export function viewApiKey(apiKey: ApiKey): ApiKeyShape {
  return {
    id: apiKey.id,
    name: apiKey.name,
    scopes: apiKey.scopes,
    createdAt: apiKey.createdAt.toISOString(),
    expiresAt: apiKey.expiresAt.toISOString(),
    lastUsedAt: apiKey.lastUsedAt?.toISOString() ?? null,
    rotatedAt: apiKey.rotatedAt?.toISOString() ?? null,
    revokedAt: apiKey.revokedAt?.toISOString() ?? null,
  };
}

/** The only answer that holds the key itself. */
export function viewMadeKey({ apiKey, key }: MadeKey) {
  return { ...viewApiKey(apiKey), key };
}
