import type { Credentials } from '../../../contract/auth.ts';
import { normaliseEmail } from '../../../contract/kit/scalars.ts';
import type { Session } from '../sessions/model.ts';
import type { Device } from '../sessions/service.ts';
import type { User } from '../users/model.ts';
import { type Begun, completeSignIn } from './complete-sign-in.ts';
import type { AuthContext } from './context.ts';
import { provePassword } from './prove-password.ts';
import { type Tokens, tokensOf } from './tokens.ts';

export type SignedIn = { readonly user: User; readonly session: Session } & (
  | { readonly delivery: 'cookie'; readonly cookie: string }
  | { readonly delivery: 'tokens'; readonly tokens: Tokens }
);

/** Starts a session by password. */
export async function login(
  context: AuthContext,
  credentials: Credentials,
  device: Device,
): Promise<SignedIn> {
  const identifier = normaliseEmail(credentials.identifier);
  const who = { identifier, address: device.address };
  const { user, session, secret } = await context.turns.take(who, () =>
    attempt(context, { ...credentials, identifier }, device),
  );
  if (session.kind === 'cookie') {
    return { delivery: 'cookie', user, session, cookie: context.sessions.cookies.write(secret) };
  }
  const roles = (user.roleNames ?? []).toSorted();
  return { delivery: 'tokens', user, session, tokens: await tokensOf(context, session, roles) };
}

/** Only a wrong password stays counted: what fails for another reason is no guess. */
async function attempt(
  context: AuthContext,
  credentials: Credentials,
  device: Device,
): Promise<Begun & { user: User }> {
  const proof = await provePassword(context, credentials, device);
  const wanted = { kind: credentials.delivery, device };
  const begun = await context.attempts.sparing(proof.attempt, () =>
    completeSignIn(context, proof, wanted),
  );
  if (begun) return { user: proof.user, ...begun };
  // Somebody changed the account while its password was verified: look again.
  await context.attempts.giveBack(proof.attempt);
  return attempt(context, credentials, device);
}
