import { accountErasure } from './account-erasure.ts';
import { accountExport } from './account-export.ts';
import { apiKeys } from './api-keys.ts';
import { audit } from './audit.ts';
import { auth } from './auth.ts';
import { emailChange } from './email-change.ts';
import { health } from './health.ts';
import { identities } from './identities.ts';
import { impersonation } from './impersonation.ts';
import { invitations } from './invitations.ts';
import { c } from './kit/api.ts';
import { liveEvents } from './live-events.ts';
import { magicLink } from './magic-link.ts';
import { me } from './me.ts';
import { oidc } from './oidc.ts';
import { passkeys } from './passkeys.ts';
import { passwordReset } from './password-reset.ts';
import { permissions } from './permissions.ts';
import { roles } from './roles.ts';
import { secondFactors } from './second-factors.ts';
import { serviceAccounts } from './service-accounts.ts';
import { sessions } from './sessions.ts';
import { signingKeys } from './signing-keys.ts';
import { users } from './users.ts';
import { verification } from './verification.ts';
import { webhooks } from './webhooks.ts';

/** The whole API: a line per feature. */
export const contract = c.router({
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
  events: liveEvents,
  health,
  signingKeys,
});

export type Contract = typeof contract;

/** What each feature is about, for readers of the documentation. */
export const tags = {
  auth: 'Sign up, sign in by cookie or tokens, refresh, sign out.',
  oidc: 'Signing in with an identity provider, by OpenID Connect or OAuth.',
  verification: 'Proving that an e-mail address is one’s own.',
  passwordReset: 'A new password for whoever forgot theirs, by a link in a mail.',
  magicLink: 'Signing in by a link in a mail.',
  emailChange: 'Another e-mail address for the own account, with proof and a way back.',
  invitations: 'Accounts that somebody may begin, by a link in a mail.',
  me: 'The own account.',
  accountExport: 'Everything that is stored about the own account, in one archive.',
  accountErasure: 'Erasing the own account.',
  sessions: 'Where the own account is signed in.',
  impersonation: 'Acting as another account for a while, for those who may.',
  secondFactors: 'What the own account proves beside a password: an app, recovery codes.',
  passkeys: 'Keys of the own account on devices, which sign in without a password.',
  apiKeys: 'Keys with which programs act as the own account.',
  identities: 'Who the own account is at identity providers.',
  users: 'Accounts, for those who may see or manage them.',
  serviceAccounts: 'Accounts of programs, and their keys.',
  roles: 'Named sets of permissions, and who has them.',
  permissions: 'The closed catalogue of what may be granted.',
  webhooks: 'Addresses that are told of events, and what was delivered to them.',
  audit: 'What was done and denied, by whom and to what.',
  events: 'What happens, told as it does.',
  health: 'Is the service up, and does it take work?',
  signingKeys: 'The public keys that verify access tokens.',
} satisfies Record<keyof Contract, string>;
