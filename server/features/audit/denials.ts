import type { ProblemCode } from '../../../contract/kit/problems.ts';
import type { CallContext } from '../../platform/observability/call-context.ts';
import type { ProblemError } from '../../platform/problem-error.ts';
import type { Audit } from './service.ts';

// Outcomes of signing in; without an actor, so they are named.
const signInRefusals: ReadonlySet<ProblemCode> = new Set([
  'invalid_credentials',
  'account_disabled',
  'email_unverified',
]);
const denials: ReadonlySet<ProblemCode> = new Set([
  'permission_denied',
  'reauthentication_required',
  'cross_site_request',
  'own_account_protected',
  'last_administrator',
  'system_role_protected',
]);

/** A denied attempt leaves an entry of its own: the transaction it was part of is gone. */
export async function recordDenial(
  audit: Audit,
  { actor }: CallContext,
  { code, about }: ProblemError,
): Promise<void> {
  const isNoteworthy = signInRefusals.has(code) || (actor !== undefined && denials.has(code));
  if (!isNoteworthy) return;
  const target = about === undefined ? undefined : { type: 'user' as const, id: about };
  await audit.recordDenied(actor, { reason: code, target });
}
