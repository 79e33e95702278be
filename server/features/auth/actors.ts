import type { Actor } from '../../platform/auth/actor.ts';
import type { Database } from '../../platform/db/connect.ts';
import { type Args, statement } from '../../platform/db/statements/statement.ts';
import { type Granted, grantedNow, type RoleTable } from '../roles/role-table.ts';
import type { SecondFactors } from '../second-factors/service.ts';
import type { FindCaller, FoundCaller, SessionKey } from '../sessions/find-caller.ts';
import { ofLiveAccount, type Session } from '../sessions/model.ts';
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
  readonly roleTable: RoleTable;
  readonly secondFactors: Pick<SecondFactors, 'isMissing'>;
}

/**
 * The credential check: one statement, and the role table in memory unless it must be exact. Whether
 * a factor is missing is asked only of an account that must have one.
 */
export function createFindCaller({ db, roleTable, secondFactors }: Parts): FindCaller {
  const findUsual = async (key: SessionKey) => {
    const found = await ('id' in key ? usualById.find(db, key) : usualBySecret.find(db, key));
    return found && { session: found, granted: await roleTable.grantedBy(found.roleIds) };
  };
  return async (key, { exact }) => {
    const found = exact ? await findExact(db, key) : await findUsual(key);
    if (!found) return undefined;
    const { session, granted } = found;
    const isMissing = await secondFactors.isMissing(db, session.userId, granted);
    return callerOf(session, granted, isMissing);
  };
}

/** Who a live session acts as; undefined when the account is gone or deactivated. */
export async function findActor(db: Database, { id }: Session): Promise<Actor | undefined> {
  const found = await findExact(db, { id });
  return found && callerOf(found.session, found.granted, false).actor;
}

async function findExact(db: Database, key: SessionKey) {
  const found = await ('id' in key ? exactById.find(db, key) : exactBySecret.find(db, key));
  if (!found) return undefined;
  return { session: found, granted: grantedNow(found) };
}

function callerOf(
  session: Session,
  { roles, permissions }: Granted,
  isMissing: boolean,
): FoundCaller {
  const lacking = isMissing && { lacksSecondFactor: true as const };
  return { session, actor: { ...personOf(session), roles, permissions, ...lacking } };
}

/** The person behind a session, where there is no actor yet or no more: for the audit. */
export function personOf({ userId, id, kind, authenticatedAt }: Session): Actor {
  return {
    id: userId,
    kind: 'person',
    via: kind === 'cookie' ? 'cookie' : 'token',
    roles: [],
    permissions: new Set(),
    session: { id, authenticatedAt },
  };
}
