import type { Platform } from '../../platform/platform.ts';
import type { AuthFeature } from '../auth/feature.ts';
import type { IdentitiesFeature } from '../identities/feature.ts';
import type { InvitationsFeature } from '../invitations/feature.ts';
import type { SessionsFeature } from '../sessions/feature.ts';
import type { UsersFeature } from '../users/feature.ts';
import type { VerificationFeature } from '../verification/feature.ts';
import { Binding } from './binding.ts';
import type { OidcContext } from './context.ts';
import { oidcHandlers } from './handlers.ts';
import { aboutIdentity, aboutVerifier } from './model.ts';
import { providerSignInsData } from './personal-data.ts';
import { ProvenLogins } from './proven-logins.ts';
import { purgeSignIns } from './purge.ts';
import { Redirects } from './redirects.ts';
import { SignOutRedirects } from './sign-out-redirects.ts';
import { signInSeconds } from './start.ts';

interface Others {
  readonly sessions: SessionsFeature;
  readonly auth: AuthFeature;
  readonly identities: IdentitiesFeature;
  readonly users: UsersFeature;
  readonly invitations: InvitationsFeature;
  readonly verification: VerificationFeature;
}

/** Signing in with an identity provider: there and back, and whose account it opens. */
export function oidcFeature(
  platform: Platform,
  { auth, sessions, identities, users, verification, invitations }: Others,
) {
  const binding = new Binding(platform.config.http, signInSeconds);
  const context: OidcContext = {
    ...platform,
    identities: identities.service,
    users: users.service,
    mailboxes: verification.mailboxes,
    signUps: verification.signUps,
    invitations: invitations.acceptance,
    signIn: auth.signIn,
    signInNew: auth.signInNew,
    logout: auth.logout,
    sessions: sessions.service,
    providerSessions: sessions.providerSessions,
    binding,
    redirects: new Redirects(platform.config),
    signOutRedirects: new SignOutRedirects(platform.config),
    proven: new ProvenLogins(platform, binding),
  };
  return {
    handlers: oidcHandlers(context),
    jobs: [purgeSignIns(platform)],
    personalData: [providerSignInsData],
    sealed: [
      { table: 'provider_sign_ins', column: 'sealedVerifier', about: aboutVerifier },
      { table: 'proven_identities', column: 'sealedIdentity', about: aboutIdentity },
    ],
  };
}
