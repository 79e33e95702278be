import { AppModel } from '../../platform/db/app-model.ts';
import type { ConstraintProblems } from '../../platform/db/database-problems.ts';

/** Who an account is at a provider. Issuer and subject identify it, and nothing else does. */
export class Identity extends AppModel {
  static override tableName = 'user_identities';
  declare userId: string;
  declare provider: string;
  declare issuer: string;
  declare subject: string;
  /** As the provider told it when it was linked: for its owner to read, never to find anybody by. */
  declare email: string | null;
  declare createdAt: Date;
  declare lastUsedAt: Date | null;
}

export const identityConstraints: ConstraintProblems = {
  user_identities_subject_unique: 'identity_taken',
};
