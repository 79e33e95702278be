import { type verification as contract, linkRequested } from '../../../contract/verification.ts';
import type { Handlers } from '../../operations/handlers.ts';
import type { LinkRequests } from './requests.ts';
import type { Verification } from './service.ts';

export function verificationHandlers(
  service: Verification,
  requests: LinkRequests,
): Handlers<typeof contract> {
  return {
    request: async ({ body }) => {
      await requests.request(undefined, body.email);
      return { status: 202, body: linkRequested };
    },

    confirm: async ({ actor, body }) => {
      await service.confirm(actor, body);
      return { status: 204, body: undefined };
    },
  };
}
