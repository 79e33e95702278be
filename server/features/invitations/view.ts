import type { Invitation as InvitationShape } from '../../../contract/invitations.ts';
import type { Invitation } from './model.ts';

export function viewInvitation(invitation: Invitation): InvitationShape {
  return {
    id: invitation.id,
    email: invitation.email,
    roles: invitation.roleNames.toSorted(),
    state: invitation.state,
    invitedById: invitation.invitedById,
    userId: invitation.userId,
    createdAt: invitation.createdAt.toISOString(),
    expiresAt: invitation.expiresAt.toISOString(),
  };
}
