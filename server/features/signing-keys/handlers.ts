import type { signingKeys as contract } from '../../../contract/signing-keys.ts';
import type { Handlers } from '../../operations/handlers.ts';
import type { KeyRing } from './key-ring.ts';
import { viewKeys } from './view.ts';

export function signingKeysHandlers(ring: KeyRing): Handlers<typeof contract> {
  return {
    list: async () => ({
      status: 200,
      body: { keys: viewKeys(ring.publicKeys()) },
    }),
  };
}
