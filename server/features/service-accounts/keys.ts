import type { ApiKeyRotation, NewApiKey } from '../../../contract/api-keys.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Change, Transaction } from '../../platform/change.ts';
import type { ApiKey } from '../api-keys/model.ts';
import type { ApiKeys, MadeKey } from '../api-keys/service.ts';
import { assertHoldsAll } from '../roles/rights.ts';
import { lockToChange } from './lock.ts';
import type { ServiceAccounts } from './service.ts';

interface Parts {
  readonly change: Change;
  readonly accounts: ServiceAccounts;
  readonly apiKeys: ApiKeys;
}

/** The API keys of service accounts. Whoever makes one learns it: nobody makes more than they hold. */
export class ServiceAccountKeys {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async list(actor: Actor, serviceAccountId: string): Promise<ApiKey[]> {
    await this.#parts.accounts.get(actor, serviceAccountId);
    return this.#parts.apiKeys.list({ serviceAccountId });
  }

  create(actor: Actor, serviceAccountId: string, input: NewApiKey): Promise<MadeKey> {
    return this.#change(actor, serviceAccountId, async (tx, apiKeys) => {
      assertHoldsAll(actor, input.scopes);
      const made = await apiKeys.issue(tx, { serviceAccountId }, input);
      const target = { type: 'api_key', id: made.apiKey.id };
      await tx.audit({ target, changed: Object.keys(input) });
      return made;
    });
  }

  rotate(
    actor: Actor,
    serviceAccountId: string,
    apiKeyId: string,
    input: ApiKeyRotation,
  ): Promise<MadeKey> {
    return this.#change(actor, serviceAccountId, async (tx, apiKeys) => {
      const owner = { serviceAccountId };
      assertHoldsAll(actor, (await apiKeys.get(owner, apiKeyId, tx)).scopes);
      const made = await apiKeys.rotate(tx, owner, apiKeyId, input);
      await tx.audit({ target: { type: 'api_key', id: apiKeyId }, changed: ['successor'] });
      return made;
    });
  }

  async revoke(actor: Actor, serviceAccountId: string, apiKeyId: string): Promise<void> {
    await this.#change(actor, serviceAccountId, async (tx, apiKeys) => {
      await apiKeys.revoke(tx, { serviceAccountId }, apiKeyId);
      await tx.audit({ target: { type: 'api_key', id: apiKeyId } });
    });
  }

  #change<Result>(
    actor: Actor,
    serviceAccountId: string,
    work: (tx: Transaction, apiKeys: ApiKeys) => Promise<Result>,
  ): Promise<Result> {
    return this.#parts.change(actor, async (tx) => {
      await lockToChange(tx, actor, serviceAccountId);
      return work(tx, this.#parts.apiKeys);
    });
  }
}
