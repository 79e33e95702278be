import {
  type emailChange as contract,
  emailChangeRequested,
} from '../../../contract/email-change.ts';
import type { Handlers } from '../../operations/handlers.ts';
import { confirm } from './confirm.ts';
import type { EmailChangeContext } from './context.ts';
import { request } from './request.ts';
import { revert } from './revert.ts';

export function emailChangeHandlers(context: EmailChangeContext): Handlers<typeof contract> {
  return {
    request: async ({ actor, body }) => {
      await request(context, actor, body);
      return { status: 202, body: emailChangeRequested };
    },

    confirm: async ({ body }) => {
      await confirm(context, body);
      return { status: 204, body: undefined };
    },

    revert: async ({ body }) => {
      await revert(context, body);
      return { status: 204, body: undefined };
    },
  };
}
