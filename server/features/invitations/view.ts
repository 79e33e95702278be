import type { Invitation as InvitationShape } from '../../../contract/invitations.ts';
import { memberRole } from '../roles/model.ts';
import type { Invitation } from './model.ts';

export function viewInvitation(invitation: Invitation): InvitationShape {
  const { roleIds, roleNames } = invitation;
  return {
    id: invitation.id,
    email: invitation.email,
    roles: roleIds === null ? [memberRole] : roleNames.toSorted(),
    state: invitation.state,
    invitedById: invitation.invitedById,
    userId: invitation.userId,
    createdAt: invitation.createdAt.toISOString(),
    expiresAt: invitation.expiresAt.toISOString(),
  };
}
