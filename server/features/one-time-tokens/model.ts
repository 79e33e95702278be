import { AppModel } from '../../platform/db/app-model.ts';

/** What somebody proves with a token of this kind; a token of one kind never serves another. */
export type Purpose =
  | 'verify-email'
  | 'reset-password'
  | 'magic-link'
  | 'invitation'
  | 'change-email'
  | 'revert-email'
  | 'second-factor'
  | 'passkey-creation'
  | 'passkey-use'
  | 'export-download';

export class OneTimeToken extends AppModel {
  static override tableName = 'one_time_tokens';
  declare purpose: Purpose;
  declare tokenHash: string;
  declare userId: string | null;
  declare subject: string | null;
  declare createdAt: Date;
  declare expiresAt: Date;
}
