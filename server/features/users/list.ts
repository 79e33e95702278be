import type { UserQuery } from '../../../contract/users.ts';
import { type Actor, can } from '../../platform/auth/actor.ts';
import type { Database } from '../../platform/db/connect.ts';
import type { KeysetPage } from '../../platform/db/keyset.ts';
import { pageStatements } from '../../platform/db/page-statements.ts';
import type { Args } from '../../platform/db/statements/statement.ts';
import { problem } from '../../platform/problem-error.ts';
import {
  activeOr,
  matching,
  User,
  userKeyset,
  visibleTo,
  withRole,
  withRoleNames,
} from './model.ts';

const pages = pageStatements('users.page', userKeyset, () => User.query().modify(withRoleNames));
const visiblePages = pageStatements(
  'users.visiblePage',
  userKeyset,
  ({ ownId }: Args<{ ownId: string }>) =>
    User.query().modify(withRoleNames).modify(activeOr(ownId)),
);

/** A page of the accounts that the actor may see. The one without filters is read all the time. */
export async function listVisible(
  db: Database,
  actor: Actor,
  { search, email, isActive, role, createdFrom, createdBefore, ...page }: UserQuery,
): Promise<KeysetPage<User>> {
  const isManager = can(actor, 'users:manage');
  // What a summary does not show: the rows found would reveal it.
  const kept = [email, role, createdFrom, createdBefore];
  const isKept = kept.some(isGiven) || page.sort?.endsWith('createdAt');
  if (isKept && !isManager) {
    throw problem('permission_denied', { detail: 'This filter or order takes `users:manage`.' });
  }
  if (![...kept, search, isActive].some(isGiven)) {
    return isManager ? pages.read(db, page, {}) : visiblePages.read(db, page, { ownId: actor.id });
  }
  const query = User.query(db).modify(visibleTo(actor)).modify(withRoleNames);
  if (email !== undefined) query.where('users.email', email);
  if (search !== undefined) query.modify(matching(actor, search));
  if (role !== undefined) query.modify(withRole(role));
  if (isActive === true) query.whereNull('users.deactivatedAt');
  if (isActive === false) query.whereNotNull('users.deactivatedAt');
  return query
    .inRange('users.createdAt', { from: createdFrom, before: createdBefore }, 'createdBefore')
    .keysetPage(userKeyset, page);
}

const isGiven = (filter: unknown) => filter !== undefined;
