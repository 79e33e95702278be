import { normaliseEmail } from '../../../contract/kit/scalars.ts';
import type { SessionKind } from '../../platform/auth/session-model.ts';
import type { Device } from '../../platform/auth/sessions.ts';
import type { Database } from '../../platform/db/connect.ts';
import { problem } from '../../platform/problem-error.ts';
import { User } from '../users/model.ts';
import type { AuthParts, SignedIn } from './parts.ts';
import { tokensOf } from './tokens.ts';

export interface Credentials {
  readonly identifier: string;
  readonly password: string;
  readonly delivery: SessionKind;
}

/**
 * Starts a session by password. Unknown account, wrong password and an account without a
 * password get the same answer in the same time; only the right password tells more.
 */
export async function login(
  parts: AuthParts,
  { identifier, password, delivery }: Credentials,
  device: Device,
): Promise<SignedIn> {
  const user = await findByIdentifier(parts.db, identifier);
  const isRight = await parts.passwords.verify(user?.passwordHash, password);
  if (!user || !isRight) throw problem('invalid_credentials');
  if (user.deactivatedAt) throw problem('account_disabled');
  if (parts.policy.requireVerifiedEmail && !user.emailVerifiedAt) throw problem('email_unverified');

  const newHash = await rehashed(parts, user, password);
  const signIn = { userId: user.id, kind: delivery, methods: ['pwd'], device };
  const { session, secret } = await parts.db.transaction(async (trx) => {
    await User.query(trx)
      .findById(user.id)
      .patch({ lastLoginAt: parts.clock.now(), ...(newHash && { passwordHash: newHash }) });
    return parts.sessions.start(trx, signIn);
  });

  if (delivery === 'cookie') {
    return { delivery, user, session, cookie: parts.sessions.cookie(secret) };
  }
  const roles = (user.roles ?? []).map(({ name }) => name).sort();
  return { delivery, user, session, tokens: await tokensOf(parts, session, roles) };
}

async function findByIdentifier(db: Database, identifier: string): Promise<User | undefined> {
  const folded = normaliseEmail(identifier);
  const column = folded.includes('@') ? 'email' : 'username';
  return User.query(db).findOne(column, folded).withGraphFetched('roles');
}

async function rehashed({ passwords }: AuthParts, user: User, password: string) {
  const isOutdated = user.passwordHash && passwords.isOutdated(user.passwordHash);
  return isOutdated ? passwords.hash(password) : undefined;
}
