// Generated from the contract by `npm run generate`. Do not edit.

import type { Sketches } from '../../runtime/mock.ts';
import type { Reply } from '../../runtime/mock-replies.ts';
import type {
  VerificationConfirmAnswer,
  VerificationConfirmInput,
  VerificationRequestAnswer,
  VerificationRequestInput,
} from '../verification.ts';
import * as examples from './examples.ts';

/** Handlers of `verification`. */
export interface VerificationMock<Handler> {
  /**
   * Ask for a verification mail.
   *
   * `POST /api/v1/verification`. Anyone may call it.
   */
  request(reply?: Reply<VerificationRequestInput, VerificationRequestAnswer>): Handler;
  /**
   * Prove an e-mail address.
   *
   * `POST /api/v1/verification/confirm`. Anyone may call it; a sign-in may show more.
   */
  confirm(reply?: Reply<VerificationConfirmInput, VerificationConfirmAnswer>): Handler;
}

export const verificationSketches: Sketches = {
  request: {
    method: 'post',
    path: '/api/v1/verification',
    status: 202,
    examples: [examples.LinkRequested],
  },
  confirm: {
    method: 'post',
    path: '/api/v1/verification/confirm',
    status: 204,
  },
};
