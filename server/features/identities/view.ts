import type { Identity as IdentityShape } from '../../../contract/identities.ts';
import type { Identity } from './model.ts';

export function viewIdentity(identity: Identity): IdentityShape {
  return {
    id: identity.id,
    provider: identity.provider,
    email: identity.email,
    createdAt: identity.createdAt.toISOString(),
    lastUsedAt: identity.lastUsedAt?.toISOString() ?? null,
    needsReauthentication: identity.needsReauthenticationAt !== null,
  };
}
