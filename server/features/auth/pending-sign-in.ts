import { createHash } from 'node:crypto';
import type { SecondFactorNeeded } from '../../../contract/auth.ts';
import type { Transaction } from '../../platform/change.ts';
import { minuteSeconds } from '../../platform/clock.ts';
import { problem } from '../../platform/problem-error.ts';
import type { Held } from '../second-factors/model.ts';
import type { SessionKind } from '../sessions/model.ts';
import type { User } from '../users/model.ts';
import type { AuthContext } from './context.ts';

const purpose = 'second-factor';
const lifeSeconds = 5 * minuteSeconds;

/** A sign-in between its two steps, as its token keeps it. */
export interface PendingSignIn {
  readonly userId: string;
  /** How the session will be delivered: the second step cannot choose anew. */
  readonly kind: SessionKind;
  readonly methods: readonly string[];
  /** Of the password at the first step: another one since then, and the step proves nothing. */
  readonly mark: string;
  /** What is kept of the session at the provider that has proven the first step. */
  readonly providerSessionId?: string | undefined;
}

interface FirstStep {
  readonly account: User;
  readonly methods: readonly string[];
  readonly held: Held;
  readonly kind: SessionKind;
  /** What else the change did, for the audit. */
  readonly changed: readonly string[];
  readonly providerSessionId: string | undefined;
}

/** The first factor was right: a short token that is good for the second step and nothing else. */
export async function askForSecondFactor(
  { tokens, passwords, passkeys }: AuthContext,
  tx: Transaction,
  { account: { id: userId }, methods, held, kind, changed, providerSessionId }: FirstStep,
): Promise<SecondFactorNeeded> {
  // Read again: the claim may have written a hash with newer parameters.
  const mark = markOf(await passwords.hashOf(tx, userId));
  const subject = JSON.stringify({ kind, methods, mark, providerSessionId });
  // Others go on: whoever knows the password must not end the sign-ins of its owner.
  const token = await tokens.issue(tx, {
    purpose,
    userId,
    subject,
    lifeSeconds,
    isOnlyOne: false,
  });
  const target = { type: 'user', id: userId };
  await tx.audit({ target, changed: ['pendingSignIn', ...changed] });
  const passkey = held.passkey ? await passkeys.requestFor(tx, userId) : undefined;
  const needed = { delivery: 'none', token, expiresInSeconds: lifeSeconds } as const;
  return { ...needed, factors: factorsOf(held), ...(passkey && { passkey }) };
}

function factorsOf({ totp, passkey, recoveryCodes }: Held): SecondFactorNeeded['factors'] {
  const held = { totp, passkey, recovery_code: recoveryCodes };
  const kinds = ['totp', 'passkey', 'recovery_code'] as const;
  return kinds.filter((kind) => held[kind]);
}

/** @throws a problem `invalid_link` for a token that is unknown, used or expired. */
export async function getPending({ tokens }: AuthContext, token: string): Promise<PendingSignIn> {
  const { userId, subject } = await tokens.get(purpose, token);
  if (userId === null || subject === null)
    throw new Error('A pending sign-in says not whose it is');
  return { userId, ...(JSON.parse(subject) as Omit<PendingSignIn, 'userId'>) };
}

/**
 * Uses the token up, in the change in which the session begins.
 * @throws a problem `invalid_link` where another call was faster, or the password is another one.
 */
export async function consumePending(
  { tokens }: AuthContext,
  tx: Transaction,
  token: string,
  { passwordHash }: User,
  { mark }: PendingSignIn,
): Promise<void> {
  await tokens.consume(tx, purpose, token);
  if (markOf(passwordHash) !== mark) throw problem('invalid_link');
}

/** After too many wrong codes: the sign-in begins anew, with its first step. */
export async function endPending({ change, tokens }: AuthContext, token: string): Promise<void> {
  await change(undefined, (tx) => tokens.drop(tx, purpose, token));
}

/** Not the hash itself: what stands in a token is no place for one. */
function markOf(passwordHash: string | null): string {
  return createHash('sha256')
    .update(`mark:${passwordHash ?? ''}`)
    .digest('base64url');
}
