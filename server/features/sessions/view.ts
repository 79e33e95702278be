import type { Session as SessionShape } from '../../../contract/sessions.ts';
import type { Session } from './model.ts';

export function viewSession(session: Session): SessionShape {
  const isImpersonation = session.impersonatorId !== null;
  return {
    id: session.id,
    userId: session.userId,
    kind: session.kind,
    createdAt: session.createdAt.toISOString(),
    authenticatedAt: session.authenticatedAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
    idleExpiresAt: session.idleExpiresAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    methods: session.methods,
    // Where somebody sits who acts as the account is nothing for its owner.
    userAgent: isImpersonation ? null : session.userAgent,
    address: isImpersonation ? null : session.address,
    isImpersonation,
  };
}
