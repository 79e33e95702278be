import type { Actor } from '../../platform/auth/actor.ts';
import type { Database } from '../../platform/db/connect.ts';
import { type Args, statement } from '../../platform/db/statements/statement.ts';
import type { Granted, RoleTable } from '../roles/role-table.ts';
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

/** The credential check: one statement, and the role table in memory unless it must be exact. */
export function createFindCaller(db: Database, roleTable: RoleTable): FindCaller {
  return async (key, { exact }) => {
    if (exact) return findExact(db, key);
    const found = await ('id' in key ? usualById.find(db, key) : usualBySecret.find(db, key));
    return found && callerOf(found, await roleTable.grantedBy(found.roleIds));
  };
}

/** Who a live session acts as; undefined when the account is gone or deactivated. */
export async function findActor(db: Database, { id }: Session): Promise<Actor | undefined> {
  return (await findExact(db, { id }))?.actor;
}

async function findExact(db: Database, key: SessionKey): Promise<FoundCaller | undefined> {
  const found = await ('id' in key ? exactById.find(db, key) : exactBySecret.find(db, key));
  if (!found) return undefined;
  const { roleNames, permissions } = found;
  return callerOf(found, { roles: roleNames.toSorted(), permissions: new Set(permissions) });
}

function callerOf(session: Session, { roles, permissions }: Granted): FoundCaller {
  return { session, actor: { ...personOf(session), roles, permissions } };
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
