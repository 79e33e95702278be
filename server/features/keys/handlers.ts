import type { keys as contract } from '../../../contract/keys.ts';
import type { KeyRing } from '../../platform/auth/key-ring.ts';
import type { Handlers } from '../../platform/http/handlers.ts';
import { viewKeys } from './view.ts';

export function keysHandlers(ring: KeyRing): Handlers<typeof contract> {
  return {
    list: async () => ({
      status: 200,
      body: { keys: viewKeys(ring.publicKeys()) },
    }),
  };
}
