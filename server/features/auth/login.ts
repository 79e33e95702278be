import { normaliseEmail } from '../../../contract/kit/scalars.ts';
import type { Session, SessionKind } from '../../platform/auth/session-model.ts';
import type { Device } from '../../platform/auth/sessions.ts';
import type { Database } from '../../platform/db/connect.ts';
import { inTransaction } from '../../platform/db/transaction.ts';
import { problem } from '../../platform/problem-error.ts';
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
  { identifier: typed, ...rest }: Credentials,
  device: Device,
): Promise<SignedIn> {
  const identifier = normaliseEmail(typed);
  const { user, session, secret } = await parts.turns.take(
    { identifier, address: device.address },
    () => attempt(parts, { identifier, ...rest }, device),
  );
  if (session.kind === 'cookie') {
    return { delivery: 'cookie', user, session, cookie: parts.sessions.cookie(secret) };
  }
  const roles = (user.roleNames ?? []).toSorted();
  return { delivery: 'tokens', user, session, tokens: await tokensOf(parts, session, roles) };
}

interface Started {
  readonly user: User;
  readonly session: Session;
  readonly secret: string;
}

/** One guess at a password. Every way through it costs one hash. */
async function attempt(
  parts: AuthParts,
  credentials: Credentials,
  device: Device,
): Promise<Started> {
  const { attempts, passwords } = parts;
  const { identifier, password } = credentials;
  const user = await findByIdentifier(parts.db, identifier);
  const about = user?.id;
  const counted = await attempts.begin({ identifier, userId: about, address: device.address });
  const hash = counted.isBlocked ? null : user?.passwordHash;
  const isRight = await attempts.sparing(counted, () => passwords.verify(hash, password));
  if (!user || !isRight) throw problem('invalid_credentials', { about });
  const started = await attempts.sparing(counted, () =>
    start(parts, user, { ...credentials, counted }, device),
  );
  if (started) return { user, ...started };
  // Somebody changed the account while its password was verified: look again.
  await attempts.giveBack(counted);
  return attempt(parts, credentials, device);
}

/** The session of whoever knew the password; undefined when the account changed meanwhile. */
async function start(
  parts: AuthParts,
  user: User,
  { password, delivery, counted }: Credentials & { counted: Attempt },
  device: Device,
): Promise<{ session: Session; secret: string } | undefined> {
  assertAdmitted(parts, user);
  const newHash = await rehashed(parts, user, password);
  return inTransaction(parts.db, async (trx) => {
    if (!(await claim(parts, trx, user, newHash))) return undefined;
    await parts.attempts.succeed(trx, counted);
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
}

function assertAdmitted({ policy }: AuthParts, { id, ...user }: User): void {
  if (user.deactivatedAt) throw problem('account_disabled', { about: id });
  if (policy.requireVerifiedEmail && !user.emailVerifiedAt) {
    throw problem('email_unverified', { about: id });
  }
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
