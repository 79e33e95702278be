import type { Credentials } from '../../../contract/auth.ts';
import { normaliseEmail } from '../../../contract/kit/scalars.ts';
import type { Device } from '../sessions/service.ts';
import { completeSignIn, type Pending } from './complete-sign-in.ts';
import type { AuthContext } from './context.ts';
import { counted } from './counted.ts';
import { provePassword } from './prove-password.ts';
import { deliver, type SignedIn } from './sign-in.ts';

/** Starts a session by password, or asks for the second factor first. */
export async function login(
  context: AuthContext,
  credentials: Credentials,
  device: Device,
): Promise<SignedIn | Pending> {
  const identifier = normaliseEmail(credentials.identifier);
  const who = { identifier, address: device.address };
  return counted(context.telemetry.signIns, 'password', () =>
    context.turns.take(who, () => attempt(context, { ...credentials, identifier }, device)),
  );
}

/** Only a wrong password stays counted: what fails for another reason is no guess. */
async function attempt(
  context: AuthContext,
  credentials: Credentials,
  device: Device,
): Promise<SignedIn | Pending> {
  const proof = await provePassword(context, credentials, device);
  const wanted = { kind: credentials.delivery, device };
  const outcome = await context.attempts.sparing(proof.attempt, () =>
    completeSignIn(context, proof, wanted),
  );
  if (outcome && 'secondFactor' in outcome) return outcome;
  if (outcome) return deliver(context, proof.user, outcome);
  // Somebody changed the account while its password was verified: look again.
  await context.attempts.giveBack(proof.attempt);
  return attempt(context, credentials, device);
}
