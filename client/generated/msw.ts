// Generated from the contract by `npm run generate`. Do not edit.

import { type Http, type MockOptions, Mocks } from '../runtime/mock.ts';
import { type AccountErasureMock, accountErasureSketches } from './msw/account-erasure.ts';
import { type AccountExportMock, accountExportSketches } from './msw/account-export.ts';
import { type ApiKeysMock, apiKeysSketches } from './msw/api-keys.ts';
import { type AuditMock, auditSketches } from './msw/audit.ts';
import { type AuthMock, authSketches } from './msw/auth.ts';
import { type EmailChangeMock, emailChangeSketches } from './msw/email-change.ts';
import { type EventsMock, eventsSketches } from './msw/events.ts';
import { type HealthMock, healthSketches } from './msw/health.ts';
import { type IdentitiesMock, identitiesSketches } from './msw/identities.ts';
import { type ImpersonationMock, impersonationSketches } from './msw/impersonation.ts';
import { type InvitationsMock, invitationsSketches } from './msw/invitations.ts';
import { type MagicLinkMock, magicLinkSketches } from './msw/magic-link.ts';
import { type MeMock, meSketches } from './msw/me.ts';
import { type OidcMock, oidcSketches } from './msw/oidc.ts';
import { type PasskeysMock, passkeysSketches } from './msw/passkeys.ts';
import { type PasswordResetMock, passwordResetSketches } from './msw/password-reset.ts';
import { type PermissionsMock, permissionsSketches } from './msw/permissions.ts';
import { type RolesMock, rolesSketches } from './msw/roles.ts';
import { type SecondFactorsMock, secondFactorsSketches } from './msw/second-factors.ts';
import { type ServiceAccountsMock, serviceAccountsSketches } from './msw/service-accounts.ts';
import { type SessionsMock, sessionsSketches } from './msw/sessions.ts';
import { type SigningKeysMock, signingKeysSketches } from './msw/signing-keys.ts';
import { type UsersMock, usersSketches } from './msw/users.ts';
import { type VerificationMock, verificationSketches } from './msw/verification.ts';
import { type WebhooksMock, webhooksSketches } from './msw/webhooks.ts';
import { sayings } from './msw/sayings.ts';

export type { Http, MockOptions } from '../runtime/mock.ts';
export type { Asked, Reply, Said, Says } from '../runtime/mock-replies.ts';
export * as examples from './msw/examples.ts';

/** Handlers of every operation: `mock.users.get({ status: 404, code: 'not_found' })`. */
export interface Mock<Handler> {
  /** One for each operation, with example data. */
  readonly handlers: Handler[];
  readonly auth: AuthMock<Handler>;
  readonly oidc: OidcMock<Handler>;
  readonly verification: VerificationMock<Handler>;
  readonly passwordReset: PasswordResetMock<Handler>;
  readonly magicLink: MagicLinkMock<Handler>;
  readonly emailChange: EmailChangeMock<Handler>;
  readonly invitations: InvitationsMock<Handler>;
  readonly me: MeMock<Handler>;
  readonly accountExport: AccountExportMock<Handler>;
  readonly accountErasure: AccountErasureMock<Handler>;
  readonly sessions: SessionsMock<Handler>;
  readonly impersonation: ImpersonationMock<Handler>;
  readonly secondFactors: SecondFactorsMock<Handler>;
  readonly passkeys: PasskeysMock<Handler>;
  readonly apiKeys: ApiKeysMock<Handler>;
  readonly identities: IdentitiesMock<Handler>;
  readonly users: UsersMock<Handler>;
  readonly serviceAccounts: ServiceAccountsMock<Handler>;
  readonly roles: RolesMock<Handler>;
  readonly permissions: PermissionsMock<Handler>;
  readonly webhooks: WebhooksMock<Handler>;
  readonly audit: AuditMock<Handler>;
  readonly events: EventsMock<Handler>;
  readonly health: HealthMock<Handler>;
  readonly signingKeys: SigningKeysMock<Handler>;
}

/**
 * Stands in for the service, in tests and where a frontend is made before its service
 * runs:
 *
 * const mock = createMock(http, { baseUrl: 'http://localhost:3000' });
 *     const server = setupServer(...mock.handlers);
 */
export function createMock<Handler>(http: Http<Handler>, options?: MockOptions): Mock<Handler> {
  const mocks = new Mocks(http, sayings, options);
  return {
    handlers: mocks.all([
      authSketches,
      oidcSketches,
      verificationSketches,
      passwordResetSketches,
      magicLinkSketches,
      emailChangeSketches,
      invitationsSketches,
      meSketches,
      accountExportSketches,
      accountErasureSketches,
      sessionsSketches,
      impersonationSketches,
      secondFactorsSketches,
      passkeysSketches,
      apiKeysSketches,
      identitiesSketches,
      usersSketches,
      serviceAccountsSketches,
      rolesSketches,
      permissionsSketches,
      webhooksSketches,
      auditSketches,
      eventsSketches,
      healthSketches,
      signingKeysSketches,
    ]),
    auth: mocks.of(authSketches),
    oidc: mocks.of(oidcSketches),
    verification: mocks.of(verificationSketches),
    passwordReset: mocks.of(passwordResetSketches),
    magicLink: mocks.of(magicLinkSketches),
    emailChange: mocks.of(emailChangeSketches),
    invitations: mocks.of(invitationsSketches),
    me: mocks.of(meSketches),
    accountExport: mocks.of(accountExportSketches),
    accountErasure: mocks.of(accountErasureSketches),
    sessions: mocks.of(sessionsSketches),
    impersonation: mocks.of(impersonationSketches),
    secondFactors: mocks.of(secondFactorsSketches),
    passkeys: mocks.of(passkeysSketches),
    apiKeys: mocks.of(apiKeysSketches),
    identities: mocks.of(identitiesSketches),
    users: mocks.of(usersSketches),
    serviceAccounts: mocks.of(serviceAccountsSketches),
    roles: mocks.of(rolesSketches),
    permissions: mocks.of(permissionsSketches),
    webhooks: mocks.of(webhooksSketches),
    audit: mocks.of(auditSketches),
    events: mocks.of(eventsSketches),
    health: mocks.of(healthSketches),
    signingKeys: mocks.of(signingKeysSketches),
  };
}
