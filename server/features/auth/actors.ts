import type { Actor } from '../../platform/auth/actor.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import { type Args, statement } from '../../platform/db/statements/statement.ts';
import { grantedNow, type RoleTable } from '../roles/role-table.ts';
import type { SecondFactors } from '../second-factors/service.ts';
import type { ProgramToken } from '../sessions/access-claims.ts';
import type { FindCaller, FoundCaller, SessionKey } from '../sessions/find-caller.ts';
import { ofLiveAccount, type Session } from '../sessions/model.ts';
import { type Found, impersonated } from './impersonated.ts';
import { Credential, ExactCredential, withGrants, withRoleIds } from './model.ts';

type ById = Args<{ id: string }>;
type BySecret = Args<{ secretHash: string }>;

const usual = () => Credential.query().modify(ofLiveAccount).modify(withRoleIds);
const exactly = () => ExactCredential.query().modify(ofLiveAccount).modify(withGrants);

const usualById = statement('auth.byId', ({ id }: ById) => usual().where('sessions.id', id));
const usualBySecret = statement('auth.bySecret', ({ secretHash }: BySecret) =>
  usual().where('sessions.secretHash', secretHash),
);
const exactById = statement('auth.exactById', ({ id }: ById) => exactly().where('sessions.id', id));
const exactBySecret = statement('auth.exactBySecret', ({ secretHash }: BySecret) =>
  exactly().where('sessions.secretHash', secretHash),
);

interface Parts {
  readonly db: Database;
  readonly clock: Clock;
  readonly roleTable: RoleTable;
  readonly secondFactors: Pick<SecondFactors, 'isMissing'>;
}

/**
 * The credential check: one statement, and the role table in memory unless it must be exact. Whether
 * a factor is missing is asked only of an account that must have one; who stands behind a session only
 * where somebody acts as another.
 */
export function createFindCaller({ db, clock, roleTable, secondFactors }: Parts): FindCaller {
  const findUsual = async (key: SessionKey): Promise<Found | undefined> => {
    const found = await ('id' in key ? usualById.find(db, key) : usualBySecret.find(db, key));
    return found && { session: found, granted: await roleTable.grantedBy(found.roleIds) };
  };
  return async (key, { exact }) => {
    const find = (one: SessionKey) => (exact ? findExact(db, one) : findUsual(one));
    const found = await find(key);
    if (!found) return undefined;
    if (found.session.impersonatorSessionId) return findImpersonated(find, found, clock);
    const { session, granted } = found;
    const isMissing = await secondFactors.isMissing(db, session.userId, granted);
    return callerOf(found, isMissing);
  };
}

/** Who a live session acts as; undefined when the account is gone or deactivated. */
export async function findActor(
  { db, clock }: Pick<Parts, 'db' | 'clock'>,
  { id }: Session,
): Promise<Actor | undefined> {
  const find = (key: SessionKey) => findExact(db, key);
  const found = await find({ id });
  if (found?.session.impersonatorSessionId)
    return (await findImpersonated(find, found, clock))?.actor;
  return found && callerOf(found, false).actor;
}

/** Factors are its owner's: whoever acts as the account has proven their own. */
async function findImpersonated(
  find: (key: SessionKey) => Promise<Found | undefined>,
  found: Found,
  clock: Clock,
): Promise<FoundCaller | undefined> {
  const behind = await find({ id: found.session.impersonatorSessionId ?? '' });
  const both = impersonated(found, behind, clock.now());
  return both && callerOf(both, false);
}

async function findExact(db: Database, key: SessionKey): Promise<Found | undefined> {
  const found = await ('id' in key ? exactById.find(db, key) : exactBySecret.find(db, key));
  if (!found) return undefined;
  return { session: found, granted: grantedNow(found) };
}

function callerOf({ session, granted }: Found, isMissing: boolean): FoundCaller {
  const { roles, permissions } = granted;
  const lacking = isMissing && { lacksSecondFactor: true as const };
  return { session, actor: { ...personOf(session), roles, permissions, ...lacking } };
}

/** The person behind a session, where there is no actor yet or no more: for the audit. */
export function personOf({
  userId,
  id,
  kind,
  authenticatedAt,
  impersonatorId,
}: Pick<Session, 'userId' | 'id' | 'kind' | 'authenticatedAt' | 'impersonatorId'>): Actor {
  return {
    id: userId,
    kind: 'person',
    via: kind === 'cookie' ? 'cookie' : 'token',
    roles: [],
    permissions: new Set(),
    session: { id, authenticatedAt },
    ...(impersonatorId && { act: { id: impersonatorId } }),
  };
}

/** The program behind a token, for the audit. */
export function programOf({
  serviceAccountId,
  apiKeyId,
}: Pick<ProgramToken, 'serviceAccountId' | 'apiKeyId'>): Actor {
  return {
    id: serviceAccountId,
    kind: 'service',
    via: 'token',
    roles: [],
    permissions: new Set(),
    apiKey: { id: apiKeyId },
  };
}
