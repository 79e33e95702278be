// Generated from the contract by `npm run generate`. Do not edit.

import type { Sketches } from '../../runtime/mock.ts';
import type { Reply } from '../../runtime/mock-replies.ts';
import type {
  MagicLinkConfirmAnswer,
  MagicLinkConfirmInput,
  MagicLinkRequestAnswer,
  MagicLinkRequestInput,
} from '../magic-link.ts';
import * as examples from './examples.ts';

/** Handlers of `magicLink`. */
export interface MagicLinkMock<Handler> {
  /**
   * Ask for a link to sign in.
   *
   * `POST /api/v1/magic-link`. Anyone may call it.
   */
  request(reply?: Reply<MagicLinkRequestInput, MagicLinkRequestAnswer>): Handler;
  /**
   * Sign in by link.
   *
   * `POST /api/v1/magic-link/confirm`. Anyone may call it.
   */
  confirm(reply?: Reply<MagicLinkConfirmInput, MagicLinkConfirmAnswer>): Handler;
}

export const magicLinkSketches: Sketches = {
  request: {
    method: 'post',
    path: '/api/v1/magic-link',
    status: 202,
    examples: [examples.LinkRequested],
  },
  confirm: {
    method: 'post',
    path: '/api/v1/magic-link/confirm',
    status: 200,
    examples: [examples.CookieSignIn, examples.TokenSignIn],
  },
};
