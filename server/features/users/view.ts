import type { User as UserShape, UserSummary, UserView } from '../../../contract/users.ts';
import { type Actor, can } from '../../platform/auth/actor.ts';
import type { User } from './model.ts';

/** In full for managers and for oneself, else the summary. */
export function viewUser(actor: Actor, user: User): UserView {
  return can(actor, 'users:manage') || actor.id === user.id ? viewFull(user) : viewSummary(user);
}

export function viewFull(user: User): UserShape {
  return {
    view: 'full',
    id: user.id,
    username: user.username,
    email: user.email,
    fullName: user.fullName,
    isActive: user.deactivatedAt === null,
    isEmailVerified: user.emailVerifiedAt !== null,
    locale: user.locale,
    timeZone: user.timeZone,
    roles: (user.roleNames ?? []).toSorted(),
    createdAt: user.createdAt.toISOString(),
    updatedAt: user.updatedAt.toISOString(),
  };
}

function viewSummary(user: User): UserSummary {
  return { view: 'summary', id: user.id, username: user.username, fullName: user.fullName };
}
