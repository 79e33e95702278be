// Generated from the contract by `npm run generate`. Do not edit.

import type { Sketches } from '../../runtime/mock.ts';
import type { Reply } from '../../runtime/mock-replies.ts';
import type {
  EmailChangeConfirmAnswer,
  EmailChangeConfirmInput,
  EmailChangeRequestAnswer,
  EmailChangeRequestInput,
  EmailChangeRevertAnswer,
  EmailChangeRevertInput,
} from '../email-change.ts';
import * as examples from './examples.ts';

/** Handlers of `emailChange`. */
export interface EmailChangeMock<Handler> {
  /**
   * Ask to change the own e-mail address.
   *
   * `POST /api/v1/email-change`. Needs a sign-in.
   */
  request(reply?: Reply<EmailChangeRequestInput, EmailChangeRequestAnswer>): Handler;
  /**
   * Prove the new e-mail address.
   *
   * `POST /api/v1/email-change/confirm`. Anyone may call it.
   */
  confirm(reply?: Reply<EmailChangeConfirmInput, EmailChangeConfirmAnswer>): Handler;
  /**
   * Take a change of the e-mail address back.
   *
   * `POST /api/v1/email-change/revert`. Anyone may call it.
   */
  revert(reply?: Reply<EmailChangeRevertInput, EmailChangeRevertAnswer>): Handler;
}

export const emailChangeSketches: Sketches = {
  request: {
    method: 'post',
    path: '/api/v1/email-change',
    status: 202,
    examples: [examples.EmailChangeRequested],
  },
  confirm: {
    method: 'post',
    path: '/api/v1/email-change/confirm',
    status: 204,
  },
  revert: {
    method: 'post',
    path: '/api/v1/email-change/revert',
    status: 204,
  },
};
