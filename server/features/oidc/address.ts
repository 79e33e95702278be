import { Email } from '../../../contract/kit/scalars.ts';
import { problem } from '../../platform/problem-error.ts';
import type { Kept } from './proven-logins.ts';

/**
 * The address that the provider has verified, as accounts write theirs.
 * @throws a problem `email_unverified` where it says nothing of the kind: whether somebody has the
 *   address is then nobody's business.
 */
export function addressOf({ email, isEmailVerified }: Kept): string {
  const { data } = isEmailVerified ? Email.safeParse(email) : {};
  if (data === undefined) throw problem('email_unverified');
  return data;
}
