import type { Assertion } from '../../../contract/passkeys.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import type { GivenCode } from '../second-factors/service.ts';
import { User, withRoleNames } from '../users/model.ts';
import type { Attempt } from './attempts.ts';
import type { AuthContext } from './context.ts';
import { methodsOf } from './passkey.ts';

/** What follows from a factor that was right, in the same change. */
type Then<Result> = (tx: Transaction, account: User, methods: string[]) => Promise<Result>;

interface Given {
  readonly userId: string;
  readonly given: GivenCode & { readonly passkey?: Assertion | undefined };
  readonly actor?: Actor;
}

export interface Tried<Result> {
  /** Undefined: it was wrong. A wrong code stays counted. */
  readonly result: Result | undefined;
  /** Whether the next try has to wait. */
  readonly isLast: boolean;
  /** Whether this one had to: it was not looked at. */
  readonly isBlocked: boolean;
}

/** One try at a second factor of an account, whichever it is. */
export async function tryFactor<Result>(
  context: AuthContext,
  { userId, given: { passkey, ...code }, actor }: Given,
  then: Then<Result>,
): Promise<Tried<Result>> {
  const tried = passkey
    ? {
        result: await tryPasskey(context, { userId, passkey, actor }, then),
        isLast: false,
        isBlocked: false,
      }
    : await tryCode(context, { userId, code, actor }, then);
  const kind = passkey ? 'passkey' : code.totp === undefined ? 'recovery_code' : 'totp';
  const outcome = tried.result === undefined ? 'refused' : 'proved';
  context.telemetry.accounts.countFactor(kind, outcome);
  return tried;
}

/**
 * A code is counted before it is looked at, by account, so that neither parallel tries nor a new
 * sign-in give more of them.
 */
async function tryCode<Result>(
  { attempts, change, secondFactors }: AuthContext,
  { userId, code, actor }: { userId: string; code: GivenCode; actor: Actor | undefined },
  then: Then<Result>,
): Promise<Tried<Result>> {
  const attempt = await attempts.beginFactor(userId);
  const result = await attempts.sparing(attempt, () =>
    change(actor, async (tx) => {
      const account = await lockedWithRoles(tx, userId);
      const isTried = account && !attempt.isBlocked;
      const methods = isTried ? await secondFactors.use(tx, account, code) : undefined;
      if (!account) return undefined;
      if (!methods) {
        if (isLocking(attempt))
          await tx.publish({ name: 'account.codes_guessed', data: { userId } });
        return undefined;
      }
      await attempts.succeed(tx, attempt);
      return then(tx, account, methods);
    }),
  );
  const { isBlocked } = attempt;
  return { result, isLast: isBlocked || isLocking(attempt), isBlocked };
}

/** The next try has to wait, and this one did not. */
function isLocking({ raised }: Attempt): boolean {
  return raised.some(({ blockedUntil }) => blockedUntil !== null);
}

/** Nobody guesses a signature: nothing is counted, and nothing waits. */
async function tryPasskey<Result>(
  { passkeys, change }: AuthContext,
  { userId, passkey, actor }: { userId: string; passkey: Assertion; actor: Actor | undefined },
  then: Then<Result>,
): Promise<Result | undefined> {
  const proof = await passkeys.check(passkey);
  if (proof?.passkey.userId !== userId) return undefined;
  return change(actor, async (tx) => {
    const account = await lockedWithRoles(tx, userId);
    if (!account || !(await passkeys.claim(tx, proof))) return undefined;
    return then(tx, account, methodsOf(proof));
  });
}

async function lockedWithRoles(tx: Transaction, userId: string): Promise<User | undefined> {
  return User.query(tx).modify(withRoleNames).findById(userId).forUpdate();
}
