import { systemActor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import type { Session } from '../sessions/model.ts';
import type { User } from '../users/model.ts';
import {
  type Begun,
  completeFirstSignIn,
  completeSignIn,
  type FirstSignIn,
  type Pending,
  type Wanted,
} from './complete-sign-in.ts';
import type { AuthContext } from './context.ts';
import type { Proof } from './proof.ts';
import { type Tokens, tokensOf } from './tokens.ts';

export type SignedIn = { readonly user: User; readonly session: Session } & (
  | { readonly delivery: 'cookie'; readonly cookie: string }
  | { readonly delivery: 'tokens'; readonly tokens: Tokens }
);

/** Completes a sign-in that changed the account. Undefined when its proof holds no more. */
export async function signIn(
  context: AuthContext,
  proof: Proof,
  wanted: Wanted,
): Promise<SignedIn | Pending | undefined> {
  const outcome = await completeSignIn(context, proof, wanted);
  if (!outcome || 'secondFactor' in outcome) return outcome;
  return deliver(context, await context.users.get(systemActor('sign-in'), proof.user.id), outcome);
}

/** Begins an account and its first session, in one change. */
export async function signInNew(
  context: AuthContext,
  create: (tx: Transaction) => Promise<User>,
  how: FirstSignIn,
): Promise<SignedIn> {
  const begun = await completeFirstSignIn(context, create, how);
  return deliver(context, await context.users.get(systemActor('sign-in'), begun.account.id), begun);
}

/** Puts a session that has begun, or goes on with a new secret, into a cookie or tokens. */
export async function deliver(
  context: AuthContext,
  user: User,
  { session, secret }: Begun,
): Promise<SignedIn> {
  if (session.kind === 'cookie') {
    return { delivery: 'cookie', user, session, cookie: context.sessions.cookies.write(secret) };
  }
  const roles = (user.roleNames ?? []).toSorted();
  return { delivery: 'tokens', user, session, tokens: await tokensOf(context, session, roles) };
}
