import type { keys as contract } from '../../../contract/keys.ts';
import type { Handlers } from '../../operations/handlers.ts';
import type { KeyRing } from '../../platform/auth/key-ring.ts';
import { viewKeys } from './view.ts';

export function keysHandlers(ring: KeyRing): Handlers<typeof contract> {
  return {
    list: async () => ({
      status: 200,
      headers: { 'Cache-Control': 'public, max-age=300' },
      body: { keys: viewKeys(ring.publicKeys()) },
    }),
  };
}
