// Generated from the contract by `npm run generate`. Do not edit.

import type { Sketches } from '../../runtime/mock.ts';
import type { Reply } from '../../runtime/mock-replies.ts';
import type {
  AccountErasureCancelAnswer,
  AccountErasureCancelInput,
  AccountErasureGetAnswer,
  AccountErasureGetInput,
  AccountErasureRequestAnswer,
  AccountErasureRequestInput,
} from '../account-erasure.ts';
import * as examples from './examples.ts';

/** Handlers of `accountErasure`. */
export interface AccountErasureMock<Handler> {
  /**
   * See whether the own account is erased.
   *
   * `GET /api/v1/account-erasure`. Needs a sign-in.
   */
  get(reply?: Reply<AccountErasureGetInput, AccountErasureGetAnswer>): Handler;
  /**
   * Ask for the erasure of the own account.
   *
   * `POST /api/v1/account-erasure`. Needs a sign-in.
   */
  request(reply?: Reply<AccountErasureRequestInput, AccountErasureRequestAnswer>): Handler;
  /**
   * Keep the own account.
   *
   * `DELETE /api/v1/account-erasure`. Needs a sign-in.
   */
  cancel(reply?: Reply<AccountErasureCancelInput, AccountErasureCancelAnswer>): Handler;
}

export const accountErasureSketches: Sketches = {
  get: {
    method: 'get',
    path: '/api/v1/account-erasure',
    status: 200,
    examples: [examples.AccountErasure],
  },
  request: {
    method: 'post',
    path: '/api/v1/account-erasure',
    status: 202,
    examples: [examples.AccountErasure],
  },
  cancel: {
    method: 'delete',
    path: '/api/v1/account-erasure',
    status: 204,
  },
};
