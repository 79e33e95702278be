import type { magicLink as contract } from '../../../contract/magic-link.ts';
import { linkRequested } from '../../../contract/verification.ts';
import type { Handlers } from '../../operations/handlers.ts';
import { signInReply } from '../auth/view.ts';
import type { LinkRequests } from '../verification/requests.ts';
import type { MagicLink } from './service.ts';

export function magicLinkHandlers(
  service: MagicLink,
  requests: LinkRequests,
): Handlers<typeof contract> {
  return {
    request: async ({ body }) => {
      await service.request(requests, body.email);
      return { status: 202, body: linkRequested };
    },

    confirm: async ({ body, call }) => signInReply(await service.confirm(body, call)),
  };
}
