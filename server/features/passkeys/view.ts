import type { Passkey as PasskeyShape } from '../../../contract/passkeys.ts';
import type { Passkey } from './model.ts';

export function viewPasskey(passkey: Passkey): PasskeyShape {
  return {
    id: passkey.id,
    name: passkey.name,
    isSynced: passkey.isSynced,
    isBackedUp: passkey.isBackedUp,
    createdAt: passkey.createdAt.toISOString(),
    lastUsedAt: passkey.lastUsedAt?.toISOString() ?? null,
  };
}
