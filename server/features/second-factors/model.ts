import { raw } from 'objection';
import { AppModel } from '../../platform/db/app-model.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { ConstraintProblems } from '../../platform/db/database-problems.ts';
import { type Args, statement } from '../../platform/db/statements/statement.ts';

/** The secret that an account shares with its authenticator app. */
export class TotpSecret extends AppModel {
  static override tableName = 'totp_secrets';
  declare userId: string;
  declare sealedSecret: string;
  declare createdAt: Date;
  /** Null: set up, and not confirmed yet. It proves nothing until then. */
  declare confirmedAt: Date | null;
  /** The step of the code that was used last: neither it nor an older one works again. */
  declare lastUsedStep: number;
}

/** A code for whoever lost the other factors. The row is gone once it was used. */
export class RecoveryCode extends AppModel {
  static override tableName = 'recovery_codes';
  declare userId: string;
  declare codeHash: string;
  declare createdAt: Date;
}

/** Of a passkey: whose it is. The feature of passkeys knows the rest. */
export class OwnedPasskey extends AppModel {
  static override tableName = 'passkeys';
  declare userId: string;
}

/** What an account has to prove itself with, beside its first factor. */
export interface Held {
  readonly totp: boolean;
  readonly passkey: boolean;
  readonly recoveryCodes: boolean;
}

/** Recovery codes alone are no factor: they stand in for one. */
export function hasFactor({ totp, passkey }: Held): boolean {
  return totp || passkey;
}

/** The account, as far as this feature asks it. */
class FactorHolder extends AppModel {
  static override tableName = 'users';
  declare totp: boolean;
  declare passkey: boolean;
  declare recoveryCodes: boolean;
}

/** For `sealed`, and whoever opens it: a secret cannot be moved to another row. */
export const aboutTotpSecret = (id: string) => `totp_secrets:${id}`;

export const secondFactorConstraints: ConstraintProblems = {
  totp_secrets_user_unique: 'second_factor_exists',
};

const heldByUser = statement('secondFactors.heldByUser', ({ userId }: Args<{ userId: string }>) => {
  const totp = TotpSecret.query().whereColumn('totpSecrets.userId', 'users.id');
  const passkeys = OwnedPasskey.query().whereColumn('passkeys.userId', 'users.id');
  const codes = RecoveryCode.query().whereColumn('recoveryCodes.userId', 'users.id');
  return FactorHolder.query()
    .where('users.id', userId)
    .select(
      raw('exists (?)', [totp.whereNotNull('totpSecrets.confirmedAt')]).as('totp'),
      raw('exists (?)', [passkeys]).as('passkey'),
      raw('exists (?)', [codes]).as('recoveryCodes'),
    );
});

/** Asked in each sign-in: one statement. */
export async function heldBy(db: Database, userId: string): Promise<Held> {
  const found = await heldByUser.find(db, { userId });
  const { totp = false, passkey = false, recoveryCodes = false } = found ?? {};
  return { totp, passkey, recoveryCodes };
}
