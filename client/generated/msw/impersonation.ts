// Generated from the contract by `npm run generate`. Do not edit.

import type { Sketches } from '../../runtime/mock.ts';
import type { Reply } from '../../runtime/mock-replies.ts';
import type {
  ImpersonationEndAnswer,
  ImpersonationEndInput,
  ImpersonationStartAnswer,
  ImpersonationStartInput,
} from '../impersonation.ts';
import * as examples from './examples.ts';

/** Handlers of `impersonation`. */
export interface ImpersonationMock<Handler> {
  /**
   * Act as another account.
   *
   * `POST /api/v1/impersonation/{userId}`. Needs the permission `users:impersonate`.
   */
  start(reply?: Reply<ImpersonationStartInput, ImpersonationStartAnswer>): Handler;
  /**
   * Act as oneself again.
   *
   * `DELETE /api/v1/impersonation`. Needs a sign-in.
   */
  end(reply?: Reply<ImpersonationEndInput, ImpersonationEndAnswer>): Handler;
}

export const impersonationSketches: Sketches = {
  start: {
    method: 'post',
    path: '/api/v1/impersonation/:userId',
    status: 200,
    examples: [examples.CookieSignIn, examples.TokenSignIn],
  },
  end: {
    method: 'delete',
    path: '/api/v1/impersonation',
    status: 200,
    examples: [examples.CookieSignIn, examples.TokenSignIn],
  },
};
