import type { PasskeySignIn } from '../../../contract/auth.ts';
import { problem } from '../../platform/problem-error.ts';
import type { PasskeyProof } from '../passkeys/use.ts';
import type { Device } from '../sessions/service.ts';
import { User } from '../users/model.ts';
import type { AuthContext } from './context.ts';
import { counted } from './counted.ts';
import type { Proof } from './proof.ts';
import { type SignedIn, signIn } from './sign-in.ts';

/**
 * Signs in by a passkey alone. It is something one has, and it has looked at its owner: two factors
 * at once, so that no other one is asked for.
 */
export async function signInByPasskey(
  context: AuthContext,
  given: PasskeySignIn,
  device: Device,
): Promise<SignedIn> {
  return counted(context.telemetry.signIns, 'passkey', () => prove(context, given, device));
}

async function prove(
  context: AuthContext,
  { passkey: assertion, delivery }: PasskeySignIn,
  device: Device,
): Promise<SignedIn> {
  const proven = await context.passkeys.check(assertion);
  const user = proven && (await User.query(context.db).findById(proven.passkey.userId));
  const { accounts: metrics } = context.telemetry;
  if (!proven || !user) {
    metrics.countFactor('passkey', 'refused');
    throw problem('invalid_passkey', { about: user?.id });
  }
  const proof: Proof = {
    user,
    methods: [...methodsOf(proven), 'mfa'],
    isMultiFactor: true,
    prepare: async () => (tx) => context.passkeys.claim(tx, proven),
  };
  const outcome = await signIn(context, proof, { kind: delivery, device });
  if (!outcome || 'secondFactor' in outcome) throw problem('invalid_passkey', { about: user.id });
  metrics.countFactor('passkey', 'proved');
  return outcome;
}

/** RFC 8176: a key of hardware or, where it travels, of software; and a person who was there. */
export function methodsOf({ passkey: { isSynced } }: PasskeyProof): string[] {
  return [isSynced ? 'swk' : 'hwk', 'user'];
}
