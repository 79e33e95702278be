import type { Platform } from '../../platform/platform.ts';
import type { OneTimeTokensFeature } from '../one-time-tokens/feature.ts';
import type { UsersFeature } from '../users/feature.ts';
import { Acceptance } from './acceptance.ts';
import { invitationsHandlers } from './handlers.ts';
import { invitationConstraints } from './model.ts';
import { invitationsData } from './personal-data.ts';
import { purgeInvitations } from './purge.ts';
import { Invitations } from './service.ts';

interface Others {
  readonly users: UsersFeature;
  readonly oneTimeTokens: OneTimeTokensFeature;
}

export type InvitationsFeature = ReturnType<typeof invitationsFeature>;

export function invitationsFeature(platform: Platform, { users, oneTimeTokens }: Others) {
  const others = { users: users.service, tokens: oneTimeTokens.service };
  const service = new Invitations(platform, others);
  const acceptance = new Acceptance(platform, others);
  return {
    handlers: invitationsHandlers(service, acceptance),
    constraints: invitationConstraints,
    jobs: [purgeInvitations(platform)],
    personalData: [invitationsData],
    acceptance,
  };
}
