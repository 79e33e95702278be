import type { Avatar } from '../../../contract/avatars.ts';
import type { User as UserShape, UserSummary, UserView } from '../../../contract/users.ts';
import { type Actor, can } from '../../platform/auth/actor.ts';
import type { KeptPicture } from './avatars.ts';
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
    avatarId: user.avatarId,
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
  const { id, username, fullName, avatarId } = user;
  return { view: 'summary', id, username, fullName, avatarId };
}

export function viewAvatar(picture: KeptPicture): Avatar {
  return {
    id: picture.avatarId,
    mediaType: picture.avatarType as Avatar['mediaType'],
    bytes: picture.avatarBytes,
    digest: picture.digest,
  };
}
