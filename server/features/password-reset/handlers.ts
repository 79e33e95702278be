import type { passwordReset as contract } from '../../../contract/password-reset.ts';
import { linkRequested } from '../../../contract/verification.ts';
import type { Handlers } from '../../operations/handlers.ts';
import type { LinkRequests } from '../verification/requests.ts';
import type { PasswordReset } from './service.ts';

export function passwordResetHandlers(
  service: PasswordReset,
  requests: LinkRequests,
): Handlers<typeof contract> {
  return {
    request: async ({ body }) => {
      await requests.request(undefined, body.email);
      return { status: 202, body: linkRequested };
    },

    confirm: async ({ body }) => {
      await service.confirm(body);
      return { status: 204, body: undefined };
    },

    send: async ({ actor, params }) => {
      await service.sendFor(actor, params.userId);
      return { status: 204, body: undefined };
    },
  };
}
