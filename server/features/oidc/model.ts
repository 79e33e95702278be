import { AppModel } from '../../platform/db/app-model.ts';
import type { SessionKind } from '../sessions/model.ts';

/** What somebody went to a provider for. What was begun as one never ends as the other. */
export type Intent = 'sign_in' | 'link';

/** A sign-in whose person is at the provider. */
export class ProviderSignIn extends AppModel {
  static override tableName = 'provider_sign_ins';
  declare stateHash: string;
  declare provider: string;
  declare nonce: string;
  declare sealedVerifier: string;
  declare bindingHash: string;
  declare intent: Intent;
  declare delivery: SessionKind;
  /** Who links; null for a sign-in. */
  declare userId: string | null;
  declare redirectTo: string;
  declare createdAt: Date;
  declare expiresAt: Date;
}

/** Whom a provider has proven, until the code of it was exchanged. */
export class ProvenLogin extends AppModel {
  static override tableName = 'proven_identities';
  declare codeHash: string;
  declare provider: string;
  declare sealedIdentity: string;
  declare bindingHash: string;
  declare intent: Intent;
  declare delivery: SessionKind;
  declare userId: string | null;
  declare createdAt: Date;
  declare expiresAt: Date;
}

/** For `sealed`, and whoever opens it: none of them can be moved to another row. */
export const aboutVerifier = (id: string) => `provider_sign_ins:${id}`;
export const aboutIdentity = (id: string) => `proven_identities:${id}`;
