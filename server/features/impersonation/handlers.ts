import type { impersonation as contract } from '../../../contract/impersonation.ts';
import type { Handlers } from '../../operations/handlers.ts';
import { signedInReply } from '../auth/view.ts';
import type { Impersonation } from './service.ts';

export function impersonationHandlers(impersonation: Impersonation): Handlers<typeof contract> {
  return {
    start: async ({ actor, params, body, call }) =>
      signedInReply(await impersonation.start(actor, params.userId, body, call)),

    end: async ({ actor }) => signedInReply(await impersonation.end(actor)),
  };
}
