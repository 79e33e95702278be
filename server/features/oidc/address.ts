import { Email } from '../../../contract/kit/scalars.ts';
import { problem } from '../../platform/problem-error.ts';
import type { Kept } from './proven-logins.ts';

/** The address that the provider has verified, as accounts write theirs. */
export function findAddress({ email, isEmailVerified }: Kept): string | undefined {
  return isEmailVerified ? Email.safeParse(email).data : undefined;
}

/**
 * @throws a problem `email_unverified` where the provider has verified none: whether somebody has the
 *   address is then nobody's business.
 */
export function addressOf(kept: Kept): string {
  const address = findAddress(kept);
  if (address === undefined) throw problem('email_unverified');
  return address;
}
