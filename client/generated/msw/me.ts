// Generated from the contract by `npm run generate`. Do not edit.

import type { Sketches } from '../../runtime/mock.ts';
import type { Reply } from '../../runtime/mock-replies.ts';
import type {
  MeChangePasswordAnswer,
  MeChangePasswordInput,
  MeGetAvatarIfChangedAnswer,
  MeGetAvatarIfChangedInput,
  MeGetIfChangedAnswer,
  MeGetIfChangedInput,
  MeListActivityAnswer,
  MeListActivityInput,
  MeRemoveAvatarAnswer,
  MeRemoveAvatarInput,
  MeSetAvatarAnswer,
  MeSetAvatarInput,
  MeUpdateAnswer,
  MeUpdateInput,
} from '../me.ts';
import * as examples from './examples.ts';

/** Handlers of `me`. */
export interface MeMock<Handler> {
  /**
   * Get the own account.
   *
   * `GET /api/v1/me`. Needs a sign-in.
   */
  get(reply?: Reply<MeGetIfChangedInput, MeGetIfChangedAnswer>): Handler;
  /**
   * Change the own account.
   *
   * `PATCH /api/v1/me`. Needs a sign-in.
   */
  update(reply?: Reply<MeUpdateInput, MeUpdateAnswer>): Handler;
  /**
   * List what happened to the own account.
   *
   * `GET /api/v1/me/activity`. Needs a sign-in.
   */
  listActivity(reply?: Reply<MeListActivityInput, MeListActivityAnswer>): Handler;
  /**
   * Get the own picture.
   *
   * `GET /api/v1/me/avatar`. Needs a sign-in.
   */
  getAvatar(reply?: Reply<MeGetAvatarIfChangedInput, MeGetAvatarIfChangedAnswer>): Handler;
  /**
   * Set the own picture.
   *
   * `PUT /api/v1/me/avatar`. Needs a sign-in.
   */
  setAvatar(reply?: Reply<MeSetAvatarInput, MeSetAvatarAnswer>): Handler;
  /**
   * Remove the own picture.
   *
   * `DELETE /api/v1/me/avatar`. Needs a sign-in.
   */
  removeAvatar(reply?: Reply<MeRemoveAvatarInput, MeRemoveAvatarAnswer>): Handler;
  /**
   * Change the own password.
   *
   * `POST /api/v1/me/password`. Needs a sign-in.
   */
  changePassword(reply?: Reply<MeChangePasswordInput, MeChangePasswordAnswer>): Handler;
}

export const meSketches: Sketches = {
  get: {
    method: 'get',
    path: '/api/v1/me',
    headers: { ifNoneMatch: 'If-None-Match' },
    status: 200,
    examples: [examples.Me],
  },
  update: {
    method: 'patch',
    path: '/api/v1/me',
    headers: { ifMatch: 'If-Match' },
    status: 200,
    examples: [examples.Me],
  },
  listActivity: {
    method: 'get',
    path: '/api/v1/me/activity',
    reads: { limit: 'number', includeTotal: 'boolean', includeCursors: 'boolean' },
    status: 200,
    examples: [examples.ActivityPage],
  },
  getAvatar: {
    method: 'get',
    path: '/api/v1/me/avatar',
    headers: { ifNoneMatch: 'If-None-Match' },
    status: 200,
    type: 'image/png',
    examples: [examples.picture],
  },
  setAvatar: {
    method: 'put',
    path: '/api/v1/me/avatar',
    status: 200,
    examples: [examples.Avatar],
  },
  removeAvatar: {
    method: 'delete',
    path: '/api/v1/me/avatar',
    status: 204,
  },
  changePassword: {
    method: 'post',
    path: '/api/v1/me/password',
    status: 204,
  },
};
