import type { SecondFactorNeeded } from '../../../contract/auth.ts';
import type { Transaction } from '../../platform/change.ts';
import { problem } from '../../platform/problem-error.ts';
import { hasFactor } from '../second-factors/model.ts';
import type { Sighting } from '../sessions/known-devices.ts';
import type { Session, SessionKind } from '../sessions/model.ts';
import type { AtProvider } from '../sessions/provider-sessions.ts';
import type { Device } from '../sessions/service.ts';
import { noteSignIn, User } from '../users/model.ts';
import { personOf } from './actors.ts';
import type { AuthContext } from './context.ts';
import { askForSecondFactor } from './pending-sign-in.ts';
import type { Proof } from './proof.ts';

export interface Begun {
  readonly session: Session;
  /** For the cookie only. */
  readonly secret: string;
}

/** Nothing has begun yet: neither a session nor a cookie. */
export interface Pending {
  readonly secondFactor: SecondFactorNeeded;
}

export interface Wanted {
  readonly kind: SessionKind;
  readonly device: Device;
}

/**
 * The one place where a first factor leads on, whatever it was: the state of the account is decided
 * here, and whether it has to prove a second factor before a session begins. Undefined when the
 * proof holds no more: whoever asked looks again.
 * @throws a problem for an account that may not sign in.
 */
export async function completeSignIn(
  context: AuthContext,
  proof: Proof,
  wanted: Wanted,
): Promise<Begun | Pending | undefined> {
  const { user, methods, isMultiFactor = false, provesEmail = false, changed = [] } = proof;
  assertAdmitted(user, context, { provesEmail });
  const [claim, sighting] = await Promise.all([
    proof.prepare(),
    context.sessions.devices.look(user.id, wanted.device),
  ]);
  return context.change(undefined, async (tx) => {
    // As it is now, and stays until the session has begun: whatever the proof was.
    const account = await User.query(tx).findById(user.id).forUpdate();
    if (!account) return undefined;
    assertAdmitted(account, context, { provesEmail });
    if (!(await claim(tx, account))) return undefined;
    const providerSessionId = await keep(context, tx, proof.atProvider);
    const held = await context.secondFactors.heldBy(tx, account.id);
    if (hasFactor(held) && !isMultiFactor) {
      const secondFactor = await askForSecondFactor(context, tx, {
        account,
        methods,
        held,
        kind: wanted.kind,
        changed,
        providerSessionId,
      });
      return { secondFactor };
    }
    const beginning = { account, methods, wanted, sighting, changed, providerSessionId };
    return beginSession(context, tx, beginning);
  });
}

/**
 * The same for an account that begins in this change, by whoever has proven its address: nobody has
 * set anything yet that could be asked for.
 */
export async function completeFirstSignIn(
  context: AuthContext,
  create: (tx: Transaction) => Promise<User>,
  { methods, wanted, atProvider }: FirstSignIn,
): Promise<Begun & { readonly account: User }> {
  return context.change(undefined, async (tx) => {
    const account = await create(tx);
    assertAdmitted(account, context);
    const sighting = await context.sessions.devices.look(account.id, wanted.device, tx);
    const changed = ['account', 'identity'];
    const providerSessionId = await keep(context, tx, atProvider);
    const beginning = { account, methods, wanted, sighting, changed, providerSessionId };
    const begun = await beginSession(context, tx, beginning);
    return { ...begun, account };
  });
}

export interface FirstSignIn extends Pick<Proof, 'atProvider'> {
  readonly methods: readonly string[];
  readonly wanted: Wanted;
}

async function keep(
  { sessions }: AuthContext,
  tx: Transaction,
  atProvider: AtProvider | undefined,
): Promise<string | undefined> {
  return atProvider && sessions.providerSessions.keep(tx, atProvider);
}

interface Beginning {
  readonly account: User;
  readonly methods: readonly string[];
  readonly wanted: Wanted;
  /** What was known of the device before the change began. */
  readonly sighting: Sighting;
  /** What else the change did, for the audit. */
  readonly changed?: readonly string[];
  /** What is kept of the session at a provider from which it begins. */
  readonly providerSessionId?: string | undefined;
}

/** For an account that is locked, admitted, and has proven all that it must. */
export async function beginSession(
  { sessions }: AuthContext,
  tx: Transaction,
  { account, methods, wanted: { kind, device }, sighting, changed = [], ...more }: Beginning,
): Promise<Begun> {
  const { id: userId, lastLoginAt } = account;
  await noteSignIn.run(tx, { id: userId, now: tx.now });
  const begun = await sessions.service.start(tx, { userId, kind, methods, device });
  const sessionId = begun.session.id;
  const { providerSessionId: kept } = more;
  if (kept !== undefined) await sessions.providerSessions.attach(tx, kept, begun.session);
  const target = { type: 'session', id: sessionId } as const;
  await tx.audit({ target, changed }, personOf(begun.session));
  const isNew = await sessions.devices.note(tx, userId, device, sighting);
  // The first sign-in of an account is from a new device, and no news.
  if (isNew && lastLoginAt) {
    await tx.publish({ name: 'session.started_on_new_device', data: { userId, sessionId } });
  }
  return begun;
}

/** @throws a problem for an account that may not sign in. */
export function assertAdmitted(
  { id: about, deactivatedAt, emailVerifiedAt }: User,
  { config }: Pick<AuthContext, 'config'>,
  { provesEmail = false }: { provesEmail?: boolean } = {},
): void {
  if (deactivatedAt) throw problem('account_disabled', { about });
  const isProven = emailVerifiedAt !== null || provesEmail;
  if (config.accounts.requireVerifiedEmail && !isProven)
    throw problem('email_unverified', { about });
}
