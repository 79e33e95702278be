import type { Presented } from '../../platform/auth/guard.ts';
import type { Platform } from '../../platform/platform.ts';
import type { AuthFeature } from '../auth/feature.ts';
import type { Identities } from '../identities/service.ts';
import type { Acceptance } from '../invitations/acceptance.ts';
import type { ProviderSessions } from '../sessions/provider-sessions.ts';
import type { Device, Sessions } from '../sessions/service.ts';
import type { Users } from '../users/service.ts';
import type { Mailboxes } from '../verification/mailboxes.ts';
import type { SignUps } from '../verification/sign-ups.ts';
import type { Binding } from './binding.ts';
import type { ProvenLogins } from './proven-logins.ts';
import type { Redirects } from './redirects.ts';
import type { SignOutRedirects } from './sign-out-redirects.ts';

/** From which browser or program a call comes. */
export interface Caller extends Device {
  readonly presented: Presented;
}

/** What the verbs of signing in with a provider stand on, each of which is a file of its own. */
export interface OidcContext extends Platform {
  readonly identities: Identities;
  readonly users: Users;
  readonly mailboxes: Mailboxes;
  readonly signUps: SignUps;
  readonly invitations: Acceptance;
  readonly signIn: AuthFeature['signIn'];
  readonly signInNew: AuthFeature['signInNew'];
  readonly logout: AuthFeature['logout'];
  readonly sessions: Sessions;
  readonly providerSessions: ProviderSessions;
  readonly binding: Binding;
  readonly redirects: Redirects;
  readonly signOutRedirects: SignOutRedirects;
  readonly proven: ProvenLogins;
}
