import { systemActor } from '../../platform/auth/actor.ts';
import { assertGoodPassword } from '../../platform/auth/password-rules.ts';
import { problem } from '../../platform/problem-error.ts';
import type { User } from '../users/model.ts';
import type { Users } from '../users/service.ts';
import type { AuthParts } from './parts.ts';
import { keepSignUp } from './sign-ups.ts';

export interface Registration {
  readonly email: string;
  readonly username: string;
  readonly fullName?: string | null | undefined;
  readonly password: string;
}

/**
 * Signs up an account with the member role. Answers undefined where this service does not tell
 * whether the address was free: there is no account yet.
 */
export async function register(
  parts: AuthParts,
  users: Users,
  registration: Registration,
): Promise<User | undefined> {
  const { policy } = parts;
  // Invitations come with mail; until then `invite` admits nobody by sign-up.
  if (policy.signUp !== 'open') throw problem('sign_up_closed');
  assertGoodPassword(registration.password, registration, policy);
  if (policy.signUpAnswer === 'conflict') return users.create(systemActor('sign-up'), registration);
  await keepSignUp(parts, registration);
  return undefined;
}
