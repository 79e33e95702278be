import type { Credentials } from '../../../contract/auth.ts';
import { normaliseEmail } from '../../../contract/kit/scalars.ts';
import type { Device } from '../sessions/service.ts';
import type { User } from '../users/model.ts';
import { type Begun, completeSignIn } from './complete-sign-in.ts';
import type { AuthContext } from './context.ts';
import { provePassword } from './prove-password.ts';
import { deliver, type SignedIn } from './sign-in.ts';

/** Starts a session by password. */
export async function login(
  context: AuthContext,
  credentials: Credentials,
  device: Device,
): Promise<SignedIn> {
  const identifier = normaliseEmail(credentials.identifier);
  const who = { identifier, address: device.address };
  const { user, begun } = await context.turns.take(who, () =>
    attempt(context, { ...credentials, identifier }, device),
  );
  return deliver(context, user, begun);
}

/** Only a wrong password stays counted: what fails for another reason is no guess. */
async function attempt(
  context: AuthContext,
  credentials: Credentials,
  device: Device,
): Promise<{ begun: Begun; user: User }> {
  const proof = await provePassword(context, credentials, device);
  const wanted = { kind: credentials.delivery, device };
  const begun = await context.attempts.sparing(proof.attempt, () =>
    completeSignIn(context, proof, wanted),
  );
  if (begun) return { user: proof.user, begun };
  // Somebody changed the account while its password was verified: look again.
  await context.attempts.giveBack(proof.attempt);
  return attempt(context, credentials, device);
}
