import type { Registration } from '../../../contract/auth.ts';
import { systemActor } from '../../platform/auth/actor.ts';
import { problem } from '../../platform/problem-error.ts';
import type { User } from '../users/model.ts';
import type { AuthContext } from './context.ts';

/**
 * Signs up an account with the member role. Answers undefined where this service does not tell
 * whether the address was free: there is no account yet.
 */
export async function register(
  context: AuthContext,
  registration: Registration,
): Promise<User | undefined> {
  const { signUp, signUpAnswer } = context.config.accounts;
  // Invitations come with mail; until then `invite` admits nobody by sign-up.
  if (signUp !== 'open') throw problem('sign_up_closed');
  if (signUpAnswer === 'conflict') {
    return context.users.create(systemActor('sign-up'), registration, context.verification.sendTo);
  }
  await context.verification.signUps.keep(registration);
  return undefined;
}
