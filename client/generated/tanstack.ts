// Generated from the contract by `npm run generate`. Do not edit.

export * from './tanstack/account-erasure.ts';
export * from './tanstack/account-export.ts';
export * from './tanstack/api-keys.ts';
export * from './tanstack/audit.ts';
export * from './tanstack/auth.ts';
export * from './tanstack/email-change.ts';
export * from './tanstack/events.ts';
export * from './tanstack/health.ts';
export * from './tanstack/identities.ts';
export * from './tanstack/impersonation.ts';
export * from './tanstack/invitations.ts';
export * from './tanstack/magic-link.ts';
export * from './tanstack/me.ts';
export * from './tanstack/oidc.ts';
export * from './tanstack/passkeys.ts';
export * from './tanstack/password-reset.ts';
export * from './tanstack/permissions.ts';
export * from './tanstack/roles.ts';
export * from './tanstack/second-factors.ts';
export * from './tanstack/service-accounts.ts';
export * from './tanstack/sessions.ts';
export * from './tanstack/signing-keys.ts';
export * from './tanstack/users.ts';
export * from './tanstack/verification.ts';
export * from './tanstack/webhooks.ts';
export type {
  Cursor,
  FailureOf,
  Key,
  Mutation,
  Pages,
  Query,
} from '../runtime/queries.ts';
export { invalidateNouns } from '../runtime/queries.ts';
import { type Key, keyOf } from '../runtime/queries.ts';

/** Everything that was ever asked of the service: for `invalidateQueries` and the like. */
export const everyKey: Key = keyOf();
