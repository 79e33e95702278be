import type { Transaction } from '../../platform/change.ts';
import type { AtProvider } from '../sessions/provider-sessions.ts';
import type { User } from '../users/model.ts';

/**
 * Uses a proof up inside the change in which the session begins, or in which the second factor is
 * asked for. The account is as it is now, and locked. False when what the proof rests on has changed
 * meanwhile, such as the password.
 */
export type Claim = (tx: Transaction, account: User) => Promise<boolean>;

/** That somebody is who they say: by a password, a link in a mail, a passkey, or a provider. */
export interface Proof {
  readonly user: User;
  /** How it was proven (RFC 8176). */
  readonly methods: readonly string[];
  /** Whether it is two factors at once, as a passkey that has asked for a fingerprint or a PIN. */
  readonly isMultiFactor?: boolean;
  /** Whether it shows that the mailbox of the account is theirs, too. */
  readonly provesEmail?: boolean;
  /** What the claim changes of the account, for the audit. */
  readonly changed?: readonly string[];
  /** The session at the provider that has proven it. */
  readonly atProvider?: AtProvider;
  /** Does what takes long, before the change begins. */
  prepare(): Promise<Claim>;
}
