// Generated from the contract by `npm run generate`. Do not edit.

import type { Sketches } from '../../runtime/mock.ts';
import type { Reply } from '../../runtime/mock-replies.ts';
import type {
  SigningKeysListAnswer,
  SigningKeysListInput,
} from '../signing-keys.ts';
import * as examples from './examples.ts';

/** Handlers of `signingKeys`. */
export interface SigningKeysMock<Handler> {
  /**
   * List the public keys.
   *
   * `GET /.well-known/jwks.json`. Anyone may call it.
   */
  list(reply?: Reply<SigningKeysListInput, SigningKeysListAnswer>): Handler;
}

export const signingKeysSketches: Sketches = {
  list: {
    method: 'get',
    path: '/.well-known/jwks.json',
    status: 200,
    examples: [examples.KeySet],
  },
};
