import { AppModel } from '../../platform/db/app-model.ts';
import type { ConstraintProblems } from '../../platform/db/database-problems.ts';

/** A public key of an account, and what was seen of its device. */
export class Passkey extends AppModel {
  static override tableName = 'passkeys';
  declare userId: string;
  declare name: string;
  declare credentialId: string;
  declare publicKey: string;
  declare transports: string[];
  /** Beyond what a 32-bit integer holds, so that the driver gives it as text. */
  declare signCount: string | number;
  declare isSynced: boolean;
  declare isBackedUp: boolean;
  declare createdAt: Date;
  declare updatedAt: Date;
  declare lastUsedAt: Date | null;
}

export const passkeyConstraints: ConstraintProblems = {
  passkeys_credential_unique: 'passkey_exists',
};
