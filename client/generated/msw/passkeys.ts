// Generated from the contract by `npm run generate`. Do not edit.

import type { Sketches } from '../../runtime/mock.ts';
import type { Reply } from '../../runtime/mock-replies.ts';
import type {
  PasskeysCreateAnswer,
  PasskeysCreateInput,
  PasskeysListAnswer,
  PasskeysListInput,
  PasskeysOptionsAnswer,
  PasskeysOptionsInput,
  PasskeysRemoveAnswer,
  PasskeysRemoveInput,
  PasskeysRenameAnswer,
  PasskeysRenameInput,
} from '../passkeys.ts';
import * as examples from './examples.ts';

/** Handlers of `passkeys`. */
export interface PasskeysMock<Handler> {
  /**
   * List the own passkeys.
   *
   * `GET /api/v1/passkeys`. Needs a sign-in.
   */
  list(reply?: Reply<PasskeysListInput, PasskeysListAnswer>): Handler;
  /**
   * Add a passkey.
   *
   * `POST /api/v1/passkeys`. Needs a sign-in.
   */
  create(reply?: Reply<PasskeysCreateInput, PasskeysCreateAnswer>): Handler;
  /**
   * Begin to make a passkey.
   *
   * `POST /api/v1/passkeys/options`. Needs a sign-in.
   */
  options(reply?: Reply<PasskeysOptionsInput, PasskeysOptionsAnswer>): Handler;
  /**
   * Rename a passkey.
   *
   * `PATCH /api/v1/passkeys/{passkeyId}`. Needs a sign-in.
   */
  rename(reply?: Reply<PasskeysRenameInput, PasskeysRenameAnswer>): Handler;
  /**
   * Remove a passkey.
   *
   * `DELETE /api/v1/passkeys/{passkeyId}`. Needs a sign-in.
   */
  remove(reply?: Reply<PasskeysRemoveInput, PasskeysRemoveAnswer>): Handler;
}

export const passkeysSketches: Sketches = {
  list: {
    method: 'get',
    path: '/api/v1/passkeys',
    status: 200,
    examples: [examples.Passkeys],
  },
  create: {
    method: 'post',
    path: '/api/v1/passkeys',
    status: 200,
    examples: [examples.PasskeyCreated],
  },
  options: {
    method: 'post',
    path: '/api/v1/passkeys/options',
    status: 200,
    examples: [examples.PasskeyCreation],
  },
  rename: {
    method: 'patch',
    path: '/api/v1/passkeys/:passkeyId',
    status: 200,
    examples: [examples.Passkey],
  },
  remove: {
    method: 'delete',
    path: '/api/v1/passkeys/:passkeyId',
    status: 204,
  },
};
