// Generated from the contract by `npm run generate`. Do not edit.

import type { Sketches } from '../../runtime/mock.ts';
import type { Reply } from '../../runtime/mock-replies.ts';
import type {
  SecondFactorsConfirmAnswer,
  SecondFactorsConfirmInput,
  SecondFactorsEnrolAnswer,
  SecondFactorsEnrolInput,
  SecondFactorsGetAnswer,
  SecondFactorsGetInput,
  SecondFactorsRemoveTotpAnswer,
  SecondFactorsRemoveTotpInput,
  SecondFactorsRenewCodesAnswer,
  SecondFactorsRenewCodesInput,
  SecondFactorsResetAnswer,
  SecondFactorsResetInput,
} from '../second-factors.ts';
import * as examples from './examples.ts';

/** Handlers of `secondFactors`. */
export interface SecondFactorsMock<Handler> {
  /**
   * Get the own second factors.
   *
   * `GET /api/v1/second-factors`. Needs a sign-in.
   */
  get(reply?: Reply<SecondFactorsGetInput, SecondFactorsGetAnswer>): Handler;
  /**
   * Begin to set up an authenticator app.
   *
   * `POST /api/v1/second-factors/totp`. Needs a sign-in.
   */
  enrol(reply?: Reply<SecondFactorsEnrolInput, SecondFactorsEnrolAnswer>): Handler;
  /**
   * Remove the authenticator app.
   *
   * `DELETE /api/v1/second-factors/totp`. Needs a sign-in.
   */
  removeTotp(reply?: Reply<SecondFactorsRemoveTotpInput, SecondFactorsRemoveTotpAnswer>): Handler;
  /**
   * Confirm the authenticator app.
   *
   * `POST /api/v1/second-factors/totp/confirm`. Needs a sign-in.
   */
  confirm(reply?: Reply<SecondFactorsConfirmInput, SecondFactorsConfirmAnswer>): Handler;
  /**
   * Make new recovery codes.
   *
   * `POST /api/v1/second-factors/recovery-codes`. Needs a sign-in.
   */
  renewCodes(reply?: Reply<SecondFactorsRenewCodesInput, SecondFactorsRenewCodesAnswer>): Handler;
  /**
   * Remove an account's second factors.
   *
   * `DELETE /api/v1/users/{userId}/second-factors`. Needs the permission `users:manage`.
   */
  reset(reply?: Reply<SecondFactorsResetInput, SecondFactorsResetAnswer>): Handler;
}

export const secondFactorsSketches: Sketches = {
  get: {
    method: 'get',
    path: '/api/v1/second-factors',
    status: 200,
    examples: [examples.SecondFactors],
  },
  enrol: {
    method: 'post',
    path: '/api/v1/second-factors/totp',
    status: 200,
    examples: [examples.TotpEnrolment],
  },
  removeTotp: {
    method: 'delete',
    path: '/api/v1/second-factors/totp',
    status: 204,
  },
  confirm: {
    method: 'post',
    path: '/api/v1/second-factors/totp/confirm',
    status: 200,
    examples: [examples.RecoveryCodes],
  },
  renewCodes: {
    method: 'post',
    path: '/api/v1/second-factors/recovery-codes',
    status: 200,
    examples: [examples.RecoveryCodes],
  },
  reset: {
    method: 'delete',
    path: '/api/v1/users/:userId/second-factors',
    status: 204,
  },
};
