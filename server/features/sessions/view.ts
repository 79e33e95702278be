import type { Session as SessionShape } from '../../../contract/sessions.ts';
import type { Session } from './model.ts';

export function viewSession(session: Session): SessionShape {
  return {
    id: session.id,
    kind: session.kind,
    createdAt: session.createdAt.toISOString(),
    authenticatedAt: session.authenticatedAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
    idleExpiresAt: session.idleExpiresAt.toISOString(),
    expiresAt: session.expiresAt.toISOString(),
    methods: session.methods,
    userAgent: session.userAgent,
    address: session.address,
  };
}
