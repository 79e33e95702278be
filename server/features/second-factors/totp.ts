import { randomUUIDv7 } from 'node:crypto';
import type { TotpEnrolment } from '../../../contract/second-factors.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { fromBase64url } from '../../platform/base64url.ts';
import type { Transaction } from '../../platform/change.ts';
import { hourSeconds, secondsAfter } from '../../platform/clock.ts';
import type { Platform } from '../../platform/platform.ts';
import { invalidInput, problem } from '../../platform/problem-error.ts';
import { productNameOf } from '../../platform/product-name.ts';
import { lockToChange } from '../users/membership.ts';
import type { FactorChanges } from './factor-changes.ts';
import { aboutTotpSecret, TotpSecret } from './model.ts';
import { qrCodeOf } from './qr-code.ts';
import { newSecret, otpauthUri, spelled, stepOf } from './totp-codes.ts';

type Parts = Pick<Platform, 'config' | 'change' | 'secretKeys'>;

/** How long a set-up may wait for its first code. */
const enrolmentSeconds = hourSeconds;

/** The authenticator app of an account: set up, confirmed, used, removed. */
export class Totp {
  readonly #parts: Parts;
  readonly #changes: FactorChanges;

  constructor(parts: Parts, changes: FactorChanges) {
    this.#parts = parts;
    this.#changes = changes;
  }

  /** A new secret, in place of one that was never confirmed. */
  async enrol(actor: Actor): Promise<TotpEnrolment> {
    const { change, config, secretKeys } = this.#parts;
    const secret = newSecret();
    const id = randomUUIDv7();
    const sealedSecret = secretKeys.seal(secret.toString('base64url'), aboutTotpSecret(id));
    const email = await change(actor, async (tx) => {
      const user = await lockToChange(tx, actor, actor.id);
      const own = { userId: user.id };
      await TotpSecret.query(tx).delete().where(own).whereNull('confirmedAt');
      if (await TotpSecret.query(tx).findOne(own)) throw problem('second_factor_exists');
      await TotpSecret.query(tx).insert({ ...own, id, sealedSecret, createdAt: tx.now });
      await tx.audit({ target: { type: 'user', id: user.id }, changed: ['totp'] });
      return user.email;
    });
    const uri = otpauthUri(productNameOf(config), email, secret);
    return { secret: spelled(secret), uri, qrCode: await qrCodeOf(uri) };
  }

  /** The first code of the app makes it a factor. Answers recovery codes, unless there are some. */
  confirm(actor: Actor, code: string): Promise<string[]> {
    return this.#parts.change(actor, async (tx) => {
      const user = await lockToChange(tx, actor, actor.id);
      const begun = await TotpSecret.query(tx)
        .findOne({ userId: user.id })
        .whereNull('confirmedAt')
        .where('createdAt', '>', secondsAfter(tx.now, -enrolmentSeconds));
      if (!begun) throw problem('second_factor_missing');
      const step = await this.#stepOf(tx, begun, code);
      if (step === undefined) throw wrongCode('code');
      const confirmed = { confirmedAt: tx.now, lastUsedStep: step };
      await TotpSecret.query(tx).findById(begun.id).patch(confirmed);
      await tx.audit({ target: { type: 'user', id: user.id }, changed: ['totp'] });
      return this.#changes.added(tx, user, 'totp');
    });
  }

  /** Removing none is done already. */
  async remove(actor: Actor): Promise<void> {
    await this.#parts.change(actor, async (tx) => {
      const user = await lockToChange(tx, actor, actor.id);
      const confirmed = TotpSecret.query(tx).where({ userId: user.id }).whereNotNull('confirmedAt');
      const removed = await confirmed.delete();
      await tx.audit({ target: { type: 'user', id: user.id }, changed: ['totp'] });
      if (removed > 0) await this.#changes.removed(tx, user, 'totp');
    });
  }

  /**
   * Whether the code is right, which it is once: one conditional statement notes its step, and
   * neither that nor an older one works again (RFC 6238, 5.2).
   */
  async use(tx: Transaction, userId: string, code: string): Promise<boolean> {
    const secret = await TotpSecret.query(tx).findOne({ userId }).whereNotNull('confirmedAt');
    const step = secret && (await this.#stepOf(tx, secret, code));
    if (!secret || step === undefined) return false;
    const unused = TotpSecret.query(tx).findById(secret.id).where('lastUsedStep', '<', step);
    return (await unused.patch({ lastUsedStep: step })) === 1;
  }

  #stepOf({ now }: Transaction, { id, sealedSecret }: TotpSecret, code: string) {
    const { secretKeys, config } = this.#parts;
    const secret = fromBase64url(secretKeys.open(sealedSecret, aboutTotpSecret(id)));
    if (!secret) throw new Error('A secret of an authenticator app is damaged');
    const windowSteps = config.secondFactors.totpWindowSteps;
    return stepOf(code, secret, { now, windowSteps });
  }
}

export function wrongCode(path: string) {
  return invalidInput({
    in: 'body',
    path,
    code: 'wrong_code',
    message: 'This is not the current code, or it was used before',
  });
}
