import { systemActor } from '../../platform/auth/actor.ts';
import { problemOfDatabaseError } from '../../platform/db/database-problems.ts';
import { ProblemError, problem } from '../../platform/problem-error.ts';
import { assertGoodPassword } from '../passwords/rules.ts';
import { type User, userConstraints } from '../users/model.ts';
import type { Users } from '../users/service.ts';
import type { AuthParts } from './parts.ts';

export interface Registration {
  readonly email: string;
  readonly username: string;
  readonly fullName?: string | null | undefined;
  readonly password: string;
}

/**
 * Signs up an account with the member role. Answers undefined where this service does not tell
 * whether the address was free.
 */
export async function register(
  { policy }: AuthParts,
  users: Users,
  registration: Registration,
): Promise<User | undefined> {
  // Invitations come with mail; until then `invite` admits nobody by sign-up.
  if (policy.signUp !== 'open') throw problem('sign_up_closed');
  assertGoodPassword(registration.password, registration, policy);
  if (policy.signUpAnswer === 'conflict') return users.create(systemActor('sign-up'), registration);
  await users.create(systemActor('sign-up'), registration).catch(ignoreTaken);
  return undefined;
}

// The password was hashed before the address was looked up: taken and free take as long. Of
// parallel sign-ups the database's constraint refuses all but one, and that tells as little.
function ignoreTaken(error: unknown): void {
  const refusal =
    error instanceof ProblemError ? error : problemOfDatabaseError(error, userConstraints);
  const isTaken = refusal?.code === 'email_taken' || refusal?.code === 'username_taken';
  if (!isTaken) throw error;
}
