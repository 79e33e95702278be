// Generated from the contract by `npm run generate`. Do not edit.

import type { Sketches } from '../../runtime/mock.ts';
import type { Reply } from '../../runtime/mock-replies.ts';
import type {
  PasswordResetConfirmAnswer,
  PasswordResetConfirmInput,
  PasswordResetRequestAnswer,
  PasswordResetRequestInput,
  PasswordResetSendAnswer,
  PasswordResetSendInput,
} from '../password-reset.ts';
import * as examples from './examples.ts';

/** Handlers of `passwordReset`. */
export interface PasswordResetMock<Handler> {
  /**
   * Ask for a link to set a new password.
   *
   * `POST /api/v1/password-reset`. Anyone may call it.
   */
  request(reply?: Reply<PasswordResetRequestInput, PasswordResetRequestAnswer>): Handler;
  /**
   * Set a new password by link.
   *
   * `POST /api/v1/password-reset/confirm`. Anyone may call it.
   */
  confirm(reply?: Reply<PasswordResetConfirmInput, PasswordResetConfirmAnswer>): Handler;
  /**
   * Send somebody a link to set a new password.
   *
   * `POST /api/v1/password-reset/{userId}`. Needs the permission `users:manage`.
   */
  send(reply?: Reply<PasswordResetSendInput, PasswordResetSendAnswer>): Handler;
}

export const passwordResetSketches: Sketches = {
  request: {
    method: 'post',
    path: '/api/v1/password-reset',
    status: 202,
    examples: [examples.LinkRequested],
  },
  confirm: {
    method: 'post',
    path: '/api/v1/password-reset/confirm',
    status: 204,
  },
  send: {
    method: 'post',
    path: '/api/v1/password-reset/:userId',
    status: 204,
  },
};
