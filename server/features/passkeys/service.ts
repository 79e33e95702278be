import type { NewPasskey, PasskeyChanges, PasskeyCreation } from '../../../contract/passkeys.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import type { Platform } from '../../platform/platform.ts';
import { invalidInput, problem } from '../../platform/problem-error.ts';
import type { Identities } from '../identities/service.ts';
import type { OneTimeTokens } from '../one-time-tokens/service.ts';
import type { FactorChanges } from '../second-factors/factor-changes.ts';
import { lockToChange } from '../users/membership.ts';
import type { Users } from '../users/service.ts';
import { Passkey } from './model.ts';
import type { RelyingParty } from './relying-party.ts';
import { challengeSeconds, described, userHandleOf } from './use.ts';
import { algorithms, challengeOf, type Made, verifyMade } from './webauthn.ts';

const purpose = 'passkey-creation';
const maxPasskeys = 50;

interface Parts {
  readonly platform: Platform;
  readonly users: Users;
  readonly tokens: OneTimeTokens;
  readonly identities: Identities;
  readonly changes: FactorChanges;
  readonly relyingParty: RelyingParty;
}

/** The passkeys of the own account: made, listed, renamed, removed. */
export class Passkeys {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async list(actor: Actor): Promise<Passkey[]> {
    const { platform, users } = this.#parts;
    const { id: userId } = await users.get(actor, actor.id);
    return Passkey.query(platform.db).where({ userId }).orderBy('id').limit(maxPasskeys);
  }

  /** What a browser needs to make one; those that there are it need not make again. */
  options(actor: Actor): Promise<PasskeyCreation> {
    const { platform, tokens, relyingParty } = this.#parts;
    return platform.change(actor, async (tx) => {
      const user = await lockToChange(tx, actor, actor.id);
      const own = await Passkey.query(tx).where({ userId: user.id }).orderBy('id');
      const about = { purpose, userId: user.id, isOnlyOne: false } as const;
      const challenge = await tokens.issue(tx, { ...about, lifeSeconds: challengeSeconds });
      await tx.audit({ target: { type: 'user', id: user.id }, changed: ['passkeyChallenge'] });
      return {
        rp: { id: relyingParty.id, name: relyingParty.name },
        user: {
          id: userHandleOf(user.id),
          name: user.email,
          displayName: user.fullName ?? user.username,
        },
        challenge,
        pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
        timeout: challengeSeconds * 1000,
        attestation: 'none',
        excludeCredentials: own.map(described),
        authenticatorSelection: {
          residentKey: 'required',
          requireResidentKey: true,
          userVerification: 'required',
        },
      };
    });
  }

  /** @throws a problem `invalid_link` for a challenge that was not the actor's, was used, or is too old. */
  async create(
    actor: Actor,
    { name, credential }: NewPasskey,
  ): Promise<{ passkey: Passkey; recoveryCodes: string[] }> {
    const { platform, tokens, relyingParty, changes } = this.#parts;
    const challenge = challengeOf(credential.response.clientDataJSON);
    if (challenge === undefined) throw notMade();
    const { userId } = await tokens.get(purpose, challenge);
    if (userId !== actor.id) throw problem('invalid_link');
    const made = await verifyMade(credential, challenge, relyingParty);
    if (!made) throw notMade();
    return platform.change(actor, async (tx) => {
      const user = await lockToChange(tx, actor, actor.id);
      await tokens.consume(tx, purpose, challenge);
      const passkey = await add(tx, user.id, name, made);
      await tx.audit({ target: { type: 'passkey', id: passkey.id }, changed: ['name'] });
      return { passkey, recoveryCodes: await changes.added(tx, user, 'passkey') };
    });
  }

  rename(actor: Actor, passkeyId: string, changes: PasskeyChanges): Promise<Passkey> {
    return this.#parts.platform.change(actor, async (tx) => {
      const own = Passkey.query(tx).where({ id: passkeyId, userId: actor.id });
      if ((await own.change(changes, tx.now)) === 0) throw noSuchPasskey();
      await tx.audit({ target: { type: 'passkey', id: passkeyId }, changed: Object.keys(changes) });
      return Passkey.query(tx).findById(passkeyId).throwIfNotFound();
    });
  }

  async remove(actor: Actor, passkeyId: string): Promise<void> {
    const { platform, changes, identities } = this.#parts;
    await platform.change(actor, async (tx) => {
      const user = await lockToChange(tx, actor, actor.id);
      const own = await Passkey.query(tx).where({ userId: user.id });
      if (!own.some(({ id }) => id === passkeyId)) throw noSuchPasskey();
      const isLast = own.length === 1 && user.passwordHash === null;
      if (isLast && !(await identities.signsIn(tx, user.id))) throw problem('last_sign_in_method');
      await Passkey.query(tx).deleteById(passkeyId);
      await tx.audit({ target: { type: 'passkey', id: passkeyId } });
      await changes.removed(tx, user, 'passkey');
    });
  }
}

async function add(tx: Transaction, userId: string, name: string, made: Made): Promise<Passkey> {
  const own = await Passkey.query(tx).where({ userId }).resultSize();
  if (own >= maxPasskeys) throw problem('too_many_passkeys');
  const row = { ...made, transports: [...made.transports], userId, name, lastUsedAt: null };
  return Passkey.query(tx).create(row, tx.now);
}

function notMade() {
  return invalidInput({
    in: 'body',
    path: 'credential',
    code: 'wrong_passkey',
    message: 'This is no answer to what was asked for',
  });
}

function noSuchPasskey() {
  return problem('not_found', { detail: 'There is no such passkey.' });
}
