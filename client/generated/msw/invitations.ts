// Generated from the contract by `npm run generate`. Do not edit.

import type { Sketches } from '../../runtime/mock.ts';
import type { Reply } from '../../runtime/mock-replies.ts';
import type {
  InvitationsAcceptAnswer,
  InvitationsAcceptInput,
  InvitationsCreateAnswer,
  InvitationsCreateInput,
  InvitationsGetIfChangedAnswer,
  InvitationsGetIfChangedInput,
  InvitationsListAnswer,
  InvitationsListInput,
  InvitationsRevokeAnswer,
  InvitationsRevokeInput,
} from '../invitations.ts';
import * as examples from './examples.ts';

/** Handlers of `invitations`. */
export interface InvitationsMock<Handler> {
  /**
   * List the invitations.
   *
   * `GET /api/v1/invitations`. Needs the permission `users:manage`.
   */
  list(reply?: Reply<InvitationsListInput, InvitationsListAnswer>): Handler;
  /**
   * Invite somebody.
   *
   * `POST /api/v1/invitations`. Needs the permission `users:manage`.
   */
  create(reply?: Reply<InvitationsCreateInput, InvitationsCreateAnswer>): Handler;
  /**
   * Get an invitation.
   *
   * `GET /api/v1/invitations/{invitationId}`. Needs the permission `users:manage`.
   */
  get(reply?: Reply<InvitationsGetIfChangedInput, InvitationsGetIfChangedAnswer>): Handler;
  /**
   * Take an invitation back.
   *
   * `POST /api/v1/invitations/{invitationId}/revoke`. Needs the permission `users:manage`.
   */
  revoke(reply?: Reply<InvitationsRevokeInput, InvitationsRevokeAnswer>): Handler;
  /**
   * Accept an invitation.
   *
   * `POST /api/v1/invitations/accept`. Anyone may call it.
   */
  accept(reply?: Reply<InvitationsAcceptInput, InvitationsAcceptAnswer>): Handler;
}

export const invitationsSketches: Sketches = {
  list: {
    method: 'get',
    path: '/api/v1/invitations',
    reads: { limit: 'number', includeTotal: 'boolean', includeCursors: 'boolean' },
    status: 200,
    examples: [examples.InvitationPage],
  },
  create: {
    method: 'post',
    path: '/api/v1/invitations',
    status: 201,
    examples: [examples.Invitation],
  },
  get: {
    method: 'get',
    path: '/api/v1/invitations/:invitationId',
    headers: { ifNoneMatch: 'If-None-Match' },
    status: 200,
    examples: [examples.Invitation],
  },
  revoke: {
    method: 'post',
    path: '/api/v1/invitations/:invitationId/revoke',
    status: 200,
    examples: [examples.Invitation],
  },
  accept: {
    method: 'post',
    path: '/api/v1/invitations/accept',
    status: 201,
    examples: [examples.User],
  },
};
