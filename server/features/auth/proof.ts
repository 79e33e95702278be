import type { Transaction } from '../../platform/change.ts';
import type { User } from '../users/model.ts';

/** That somebody is who they say: by a password today, and whatever else proves it tomorrow. */
export interface Proof {
  readonly user: User;
  /** How it was proven (RFC 8176). */
  readonly methods: readonly string[];
  /**
   * Uses it up inside the change in which the session begins, and locks the account until then.
   * False when what it rests on has changed meanwhile: a new password, a deactivation.
   */
  claim(tx: Transaction): Promise<boolean>;
}
