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
  /** Since when its provider takes our tokens no more; until the person signs in there again. */
  declare needsReauthenticationAt: Date | null;
}

/** What a provider gave for the time after a sign-in, where the configuration says to keep it. */
export class IdentityTokens extends AppModel {
  static override tableName = 'identity_tokens';
  static override idColumn = 'identityId';
  declare identityId: string;
  declare provider: string;
  declare sealedTokens: string;
  /** Null where nothing can be done before a sign-in. */
  declare dueAt: Date | null;
  /** Of whoever is at it. */
  declare lease: string | null;
  declare failures: number;
}

/** For `sealed`, and whoever opens it: tokens cannot be moved to another identity. */
export const aboutTokens = (identityId: string) => `identity_tokens:${identityId}`;

export const identityConstraints: ConstraintProblems = {
  user_identities_subject_unique: 'identity_taken',
};
