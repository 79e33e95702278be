import type { ApiKeyRotation, NewApiKey } from '../../../contract/api-keys.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Change, Transaction } from '../../platform/change.ts';
import { assertHoldsAll } from '../roles/rights.ts';
import { lockToChange } from '../users/membership.ts';
import type { Users } from '../users/service.ts';
import type { ApiKey } from './model.ts';
import type { ApiKeys, KeyOwner, MadeKey } from './service.ts';

interface Parts {
  readonly change: Change;
  readonly users: Users;
  readonly apiKeys: ApiKeys;
}

/** The API keys of the own account; commands look at those of others, and revoke them. */
export class OwnApiKeys {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async list(actor: Actor, userId = actor.id): Promise<ApiKey[]> {
    return this.#parts.apiKeys.list(await this.#owner(actor, userId));
  }

  async get(actor: Actor, apiKeyId: string): Promise<ApiKey> {
    return this.#parts.apiKeys.get(await this.#owner(actor, actor.id), apiKeyId);
  }

  create(actor: Actor, input: NewApiKey): Promise<MadeKey> {
    // Nobody gives a program what they do not hold.
    assertHoldsAll(actor, input.scopes);
    return this.#change(actor, actor.id, async (tx, owner) => {
      const made = await this.#parts.apiKeys.issue(tx, owner, input);
      const target = { type: 'api_key', id: made.apiKey.id };
      await tx.audit({ target, changed: Object.keys(input) });
      return made;
    });
  }

  rotate(actor: Actor, apiKeyId: string, input: ApiKeyRotation): Promise<MadeKey> {
    return this.#change(actor, actor.id, async (tx, owner) => {
      const made = await this.#parts.apiKeys.rotate(tx, owner, apiKeyId, input);
      await tx.audit({ target: { type: 'api_key', id: apiKeyId }, changed: ['successor'] });
      return made;
    });
  }

  async revoke(actor: Actor, apiKeyId: string, userId = actor.id): Promise<void> {
    await this.#change(actor, userId, async (tx, owner) => {
      await this.#parts.apiKeys.revoke(tx, owner, apiKeyId);
      await tx.audit({ target: { type: 'api_key', id: apiKeyId } });
    });
  }

  async #owner(actor: Actor, id: string): Promise<KeyOwner> {
    const { id: userId } = await this.#parts.users.get(actor, id);
    return { userId };
  }

  #change<Result>(
    actor: Actor,
    ownerId: string,
    work: (tx: Transaction, owner: KeyOwner) => Promise<Result>,
  ): Promise<Result> {
    return this.#parts.change(actor, async (tx) => {
      const { id: userId } = await lockToChange(tx, actor, ownerId);
      return work(tx, { userId });
    });
  }
}
