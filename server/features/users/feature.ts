import type { Platform } from '../../platform/platform.ts';
import type { OneTimeTokensFeature } from '../one-time-tokens/feature.ts';
import type { PasswordsFeature } from '../passwords/feature.ts';
import type { RolesFeature } from '../roles/feature.ts';
import type { SessionsFeature } from '../sessions/feature.ts';
import { avatarSweep } from './avatar-sweep.ts';
import { Avatars } from './avatars.ts';
import { usersHandlers } from './handlers.ts';
import { UserLifecycle } from './lifecycle.ts';
import { Membership } from './membership.ts';
import { userConstraints } from './model.ts';
import { accountData, avatarData, keptEmailsData } from './personal-data.ts';
import { purgesOf } from './purge.ts';
import { Users } from './service.ts';
import { userStatistics } from './statistics.ts';

interface Others {
  readonly roles: RolesFeature;
  readonly sessions: SessionsFeature;
  readonly passwords: PasswordsFeature;
  readonly oneTimeTokens: OneTimeTokensFeature;
}

export type UsersFeature = ReturnType<typeof usersFeature>;

export function usersFeature(
  platform: Platform,
  { roles, sessions, passwords, oneTimeTokens }: Others,
) {
  const tokens = oneTimeTokens.service;
  const service = new Users(platform, {
    passwords: passwords.service,
    passwordLinks: passwords.links,
    tokens,
  });
  const lifecycle = new UserLifecycle(platform, {
    users: service,
    sessions: sessions.service,
    passwords: passwords.service,
    tokens,
  });
  const membership = new Membership(platform, roles.service);
  const statistics = userStatistics(platform);
  const avatars = new Avatars(platform, service);
  return {
    handlers: usersHandlers(service, { lifecycle, membership, avatars, statistics }),
    constraints: userConstraints,
    jobs: [...purgesOf(platform), avatarSweep(avatars)],
    personalData: [accountData, avatarData(avatars), keptEmailsData],
    service,
    lifecycle,
    membership,
    avatars,
  };
}
