// Generated from the contract by `npm run generate`. Do not edit.

import { type ConnectionChanges, changed } from '../runtime/changed.ts';
import type { Connection } from '../runtime/connection.ts';
import { type AccountErasureClient, accountErasureClient } from './account-erasure.ts';
import { type AccountExportClient, accountExportClient } from './account-export.ts';
import { type ApiKeysClient, apiKeysClient } from './api-keys.ts';
import { type AuditClient, auditClient } from './audit.ts';
import { type AuthClient, authClient } from './auth.ts';
import { type EmailChangeClient, emailChangeClient } from './email-change.ts';
import { type EventsClient, eventsClient } from './events.ts';
import { type HealthClient, healthClient } from './health.ts';
import { type IdentitiesClient, identitiesClient } from './identities.ts';
import { type ImpersonationClient, impersonationClient } from './impersonation.ts';
import { type InvitationsClient, invitationsClient } from './invitations.ts';
import { type MagicLinkClient, magicLinkClient } from './magic-link.ts';
import { type MeClient, meClient } from './me.ts';
import { type OidcClient, oidcClient } from './oidc.ts';
import { type PasskeysClient, passkeysClient } from './passkeys.ts';
import { type PasswordResetClient, passwordResetClient } from './password-reset.ts';
import { type PermissionsClient, permissionsClient } from './permissions.ts';
import { type RolesClient, rolesClient } from './roles.ts';
import { type SecondFactorsClient, secondFactorsClient } from './second-factors.ts';
import { type ServiceAccountsClient, serviceAccountsClient } from './service-accounts.ts';
import { type SessionsClient, sessionsClient } from './sessions.ts';
import { type SigningKeysClient, signingKeysClient } from './signing-keys.ts';
import { type UsersClient, usersClient } from './users.ts';
import { type VerificationClient, verificationClient } from './verification.ts';
import { type WebhooksClient, webhooksClient } from './webhooks.ts';

/** The whole API. */
export interface Client {
  /** Sign up, sign in by cookie or tokens, refresh, sign out. */
  readonly auth: AuthClient;
  /** Signing in with an identity provider, by OpenID Connect or OAuth. */
  readonly oidc: OidcClient;
  /** Proving that an e-mail address is one’s own. */
  readonly verification: VerificationClient;
  /** A new password for whoever forgot theirs, by a link in a mail. */
  readonly passwordReset: PasswordResetClient;
  /** Signing in by a link in a mail. */
  readonly magicLink: MagicLinkClient;
  /** Another e-mail address for the own account, with proof and a way back. */
  readonly emailChange: EmailChangeClient;
  /** Accounts that somebody may begin, by a link in a mail. */
  readonly invitations: InvitationsClient;
  /** The own account. */
  readonly me: MeClient;
  /** Everything that is stored about the own account, in one archive. */
  readonly accountExport: AccountExportClient;
  /** Erasing the own account. */
  readonly accountErasure: AccountErasureClient;
  /** Where the own account is signed in. */
  readonly sessions: SessionsClient;
  /** Acting as another account for a while, for those who may. */
  readonly impersonation: ImpersonationClient;
  /** What the own account proves beside a password: an app, recovery codes. */
  readonly secondFactors: SecondFactorsClient;
  /** Keys of the own account on devices, which sign in without a password. */
  readonly passkeys: PasskeysClient;
  /** Keys with which programs act as the own account. */
  readonly apiKeys: ApiKeysClient;
  /** Who the own account is at identity providers. */
  readonly identities: IdentitiesClient;
  /** Accounts, for those who may see or manage them. */
  readonly users: UsersClient;
  /** Accounts of programs, and their keys. */
  readonly serviceAccounts: ServiceAccountsClient;
  /** Named sets of permissions, and who has them. */
  readonly roles: RolesClient;
  /** The closed catalogue of what may be granted. */
  readonly permissions: PermissionsClient;
  /** Addresses that are told of events, and what was delivered to them. */
  readonly webhooks: WebhooksClient;
  /** What was done and denied, by whom and to what. */
  readonly audit: AuditClient;
  /** What happens, told as it does. */
  readonly events: EventsClient;
  /** Is the service up, and does it take work? */
  readonly health: HealthClient;
  /** The public keys that verify access tokens. */
  readonly signingKeys: SigningKeysClient;
  /**
   * The same, otherwise: for one tenant, one request of a server, one page of a frontend.
   *
   * Headers are added to those that are there, and a signal ends its calls beside the one
   * that is there. All else is replaced; `undefined` takes it away.
   */
  with(changes: ConnectionChanges): Client;
}

/** The whole API through one connection. Bundles that call little take single functions. */
export function createClient(connection: Connection): Client {
  return {
    auth: authClient(connection),
    oidc: oidcClient(connection),
    verification: verificationClient(connection),
    passwordReset: passwordResetClient(connection),
    magicLink: magicLinkClient(connection),
    emailChange: emailChangeClient(connection),
    invitations: invitationsClient(connection),
    me: meClient(connection),
    accountExport: accountExportClient(connection),
    accountErasure: accountErasureClient(connection),
    sessions: sessionsClient(connection),
    impersonation: impersonationClient(connection),
    secondFactors: secondFactorsClient(connection),
    passkeys: passkeysClient(connection),
    apiKeys: apiKeysClient(connection),
    identities: identitiesClient(connection),
    users: usersClient(connection),
    serviceAccounts: serviceAccountsClient(connection),
    roles: rolesClient(connection),
    permissions: permissionsClient(connection),
    webhooks: webhooksClient(connection),
    audit: auditClient(connection),
    events: eventsClient(connection),
    health: healthClient(connection),
    signingKeys: signingKeysClient(connection),
    with: (changes) => createClient(changed(connection, changes)),
  };
}
