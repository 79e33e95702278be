import { normaliseEmail } from '../../../contract/kit/scalars.ts';
import type { Device } from '../../platform/auth/sessions.ts';
import type { Database } from '../../platform/db/connect.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { problem } from '../../platform/problem-error.ts';
import type { SessionKind } from '../sessions/model.ts';
import { claimForSignIn, findByIdentifier, type User } from '../users/model.ts';
import { personOf } from './actors.ts';
import type { Attempt } from './attempts.ts';
import type { AuthParts, SignedIn } from './parts.ts';
import { tokensOf } from './tokens.ts';

export interface Credentials {
  readonly identifier: string;
  readonly password: string;
  readonly delivery: SessionKind;
}

/**
 * Starts a session by password. Unknown account, wrong password, a locked one and an account
 * without a password get the same answer in the same time; only the right password tells more.
 */
export async function login(
  parts: AuthParts,
  { identifier, password, delivery }: Credentials,
  device: Device,
): Promise<SignedIn> {
  const { user, attempt } = await authenticate(parts, identifier, password, device);
  const newHash = await rehashed(parts, user, password);
  const started = await inTransaction(parts.db, async (trx) => {
    if (!(await claim(parts, trx, user, newHash))) return undefined;
    await parts.attempts.succeed(trx, attempt);
    const { session, secret } = await parts.sessions.start(trx, {
      userId: user.id,
      kind: delivery,
      methods: ['pwd'],
      device,
    });
    const target = { type: 'session' as const, id: session.id };
    await parts.audit.record(trx, personOf(session), { target });
    return { session, secret };
  });
  // Somebody changed the account while its password was verified: look again.
  if (!started) return login(parts, { identifier, password, delivery }, device);
  const { session, secret } = started;

  if (delivery === 'cookie') {
    return { delivery, user, session, cookie: parts.sessions.cookie(secret) };
  }
  const roles = (user.roleNames ?? []).toSorted();
  return { delivery, user, session, tokens: await tokensOf(parts, session, roles) };
}

/** The account behind identifier and password. Every way through it costs one hash. */
async function authenticate(
  parts: AuthParts,
  identifier: string,
  password: string,
  { address }: Device,
): Promise<{ user: User; attempt: Attempt }> {
  const folded = normaliseEmail(identifier);
  const user = await findByIdentifier(parts.db, folded);
  const attempt = await parts.attempts.begin({ identifier: folded, userId: user?.id, address });
  const hash = attempt.isBlocked ? null : user?.passwordHash;
  const isRight = await parts.passwords.verify(hash, password);
  const about = user?.id;
  if (!user || !isRight) throw problem('invalid_credentials', { about });
  if (user.deactivatedAt) throw problem('account_disabled', { about });
  if (parts.policy.requireVerifiedEmail && !user.emailVerifiedAt) {
    throw problem('email_unverified', { about });
  }
  return { user, attempt };
}

/**
 * The account as it was when its password was right, locked until the session has begun: a new
 * password or a deactivation meanwhile must not be survived by this sign-in.
 */
async function claim(
  { clock }: AuthParts,
  trx: Database,
  { id, passwordHash }: User,
  newHash: string | undefined,
): Promise<boolean> {
  if (passwordHash === null) return false;
  const now = clock.now();
  const hashes = { passwordHash, newHash: newHash ?? passwordHash };
  return (await claimForSignIn.run(trx, { id, now, ...hashes })) === 1;
}

async function rehashed({ passwords }: AuthParts, user: User, password: string) {
  const isOutdated = user.passwordHash && passwords.isOutdated(user.passwordHash);
  return isOutdated ? passwords.hash(password) : undefined;
}
