import type { Contract } from '../contract/index.ts';
import { accountErasureFeature } from './features/account-erasure/feature.ts';
import { accountExportFeature } from './features/account-export/feature.ts';
import { apiKeysFeature } from './features/api-keys/feature.ts';
import { auditFeature } from './features/audit/feature.ts';
import { authFeature } from './features/auth/feature.ts';
import { emailChangeFeature } from './features/email-change/feature.ts';
import { eventsFeature } from './features/events/feature.ts';
import type { Feature } from './features/feature.ts';
import { healthFeature } from './features/health/feature.ts';
import { idempotencyFeature } from './features/idempotency/feature.ts';
import { identitiesFeature } from './features/identities/feature.ts';
import { impersonationFeature } from './features/impersonation/feature.ts';
import { invitationsFeature } from './features/invitations/feature.ts';
import { magicLinkFeature } from './features/magic-link/feature.ts';
import { meFeature } from './features/me/feature.ts';
import { noticesFeature } from './features/notices/feature.ts';
import { oidcFeature } from './features/oidc/feature.ts';
import { oneTimeTokensFeature } from './features/one-time-tokens/feature.ts';
import { passkeysFeature } from './features/passkeys/feature.ts';
import { passwordResetFeature } from './features/password-reset/feature.ts';
import { passwordsFeature } from './features/passwords/feature.ts';
import { permissionsFeature } from './features/permissions/feature.ts';
import { rolesFeature } from './features/roles/feature.ts';
import { secondFactorsFeature } from './features/second-factors/feature.ts';
import { serviceAccountsFeature } from './features/service-accounts/feature.ts';
import { sessionsFeature } from './features/sessions/feature.ts';
import { signingKeysFeature } from './features/signing-keys/feature.ts';
import { usersFeature } from './features/users/feature.ts';
import { verificationFeature } from './features/verification/feature.ts';
import { webhooksFeature } from './features/webhooks/feature.ts';
import type { Brought } from './operations/operations.ts';
import type { Platform } from './platform/platform.ts';

export type Features = ReturnType<typeof openFeatures>;

/** A noun of the contract that is missing does not compile. */
export type Complete = Record<string, Brought> & {
  [Noun in keyof Contract]: Feature<Contract[Noun]>;
};

/** A line for each feature, in the order of their dependencies. */
export function openFeatures(platform: Platform) {
  const signingKeys = signingKeysFeature(platform);
  const roles = rolesFeature(platform);
  const permissions = permissionsFeature();
  const sessions = sessionsFeature(platform, signingKeys);
  const oneTimeTokens = oneTimeTokensFeature(platform);
  const passwords = passwordsFeature(platform, { oneTimeTokens });
  const users = usersFeature(platform, { roles, sessions, passwords, oneTimeTokens });
  const secondFactors = secondFactorsFeature(platform, { sessions, users });
  const apiKeys = apiKeysFeature(platform, { roles, users, secondFactors });
  const serviceAccounts = serviceAccountsFeature(platform, { users, apiKeys });
  const identities = identitiesFeature(platform, { users });
  const verification = verificationFeature(platform, {
    users,
    sessions,
    passwords,
    oneTimeTokens,
    secondFactors,
    apiKeys,
    identities,
  });
  const passkeys = passkeysFeature(platform, { users, secondFactors, oneTimeTokens, identities });
  const auth = authFeature(platform, {
    roles,
    sessions,
    passwords,
    users,
    verification,
    secondFactors,
    passkeys,
    oneTimeTokens,
    apiKeys,
  });
  const impersonation = impersonationFeature(platform, { auth, sessions, users });
  const invitations = invitationsFeature(platform, { users, oneTimeTokens });
  const oidc = oidcFeature(platform, {
    auth,
    sessions,
    identities,
    users,
    verification,
    invitations,
  });
  const passwordReset = passwordResetFeature(platform, {
    auth,
    sessions,
    passwords,
    oneTimeTokens,
    verification,
  });
  const magicLink = magicLinkFeature(platform, { auth, oneTimeTokens, verification });
  const emailChange = emailChangeFeature(platform, {
    sessions,
    oneTimeTokens,
    verification,
    passwordReset,
  });
  const notices = noticesFeature(platform);
  const webhooks = webhooksFeature(platform);
  const audit = auditFeature(platform);
  const me = meFeature({ users, auth, audit });
  const accountExport = accountExportFeature(platform, { oneTimeTokens });
  const accountErasure = accountErasureFeature(platform, { sessions });
  const events = eventsFeature(platform);
  const idempotency = idempotencyFeature(platform);
  const health = healthFeature(platform, { audit, auth, sessions, webhooks });

  // All of them: one that serves no noun may bring something, too.
  return {
    auth,
    oidc,
    verification,
    passwordReset,
    magicLink,
    emailChange,
    invitations,
    me,
    accountExport,
    accountErasure,
    sessions,
    impersonation,
    passwords,
    secondFactors,
    passkeys,
    apiKeys,
    identities,
    users,
    serviceAccounts,
    roles,
    permissions,
    webhooks,
    audit,
    events,
    health,
    signingKeys,
    oneTimeTokens,
    notices,
    idempotency,
  } satisfies Complete;
}
