// Generated from the contract by `npm run generate`. Do not edit.

import type { Sketches } from '../../runtime/mock.ts';
import type { Reply } from '../../runtime/mock-replies.ts';
import type {
  IdentitiesListAnswer,
  IdentitiesListInput,
  IdentitiesUnlinkAnswer,
  IdentitiesUnlinkInput,
} from '../identities.ts';
import * as examples from './examples.ts';

/** Handlers of `identities`. */
export interface IdentitiesMock<Handler> {
  /**
   * List the own identities.
   *
   * `GET /api/v1/identities`. Needs a sign-in.
   */
  list(reply?: Reply<IdentitiesListInput, IdentitiesListAnswer>): Handler;
  /**
   * Unlink an identity.
   *
   * `DELETE /api/v1/identities/{identityId}`. Needs a sign-in.
   */
  unlink(reply?: Reply<IdentitiesUnlinkInput, IdentitiesUnlinkAnswer>): Handler;
}

export const identitiesSketches: Sketches = {
  list: {
    method: 'get',
    path: '/api/v1/identities',
    status: 200,
    examples: [examples.Identities],
  },
  unlink: {
    method: 'delete',
    path: '/api/v1/identities/:identityId',
    status: 204,
  },
};
