import type { AnyQueryBuilder, QueryBuilder } from 'objection';
import type { Permission } from '../../../contract/kit/permissions.ts';
import { AppModel } from '../../platform/db/app-model.ts';
import { type Args, statement } from '../../platform/db/statements/statement.ts';
import { arrayOf, type Grants, grantsOf } from '../roles/model.ts';
import { User, UserRole } from '../users/model.ts';

/** A key for programs. What ends it early is written into `expiresAt`. */
export class ApiKey extends AppModel {
  static override tableName = 'api_keys';
  declare userId: string | null;
  declare serviceAccountId: string | null;
  declare name: string;
  declare secretHash: string;
  declare scopes: Permission[];
  declare createdAt: Date;
  declare expiresAt: Date;
  declare lastUsedAt: Date | null;
  declare rotatedAt: Date | null;
  declare revokedAt: Date | null;
}

/** By the clock of whoever ended it, too: ours may be behind. */
export function hasEnded({ expiresAt, revokedAt, rotatedAt }: ApiKey, now: Date): boolean {
  return [now, revokedAt, rotatedAt].some((at) => at !== null && expiresAt <= at);
}

/** The revocation of one key, and of whatever is known of a service account. */
export const apiKeyEnded = 'apiKey';
export const serviceAccountVoided = 'serviceAccount';

/** What a key must know of a service account: whether it can act, and its roles. */
class Program extends AppModel {
  static override tableName = 'service_accounts';
  declare deactivatedAt: Date | null;
}

class ProgramRole extends AppModel {
  static override tableName = 'service_account_roles';
  declare serviceAccountId: string;
  declare roleId: string;
}

/** A key with the roles of its owner. */
export class KeyWithRoles extends ApiKey {
  declare roleIds: string[];
}

/** A key with the roles of its owner and what they grant, at the same instant. */
export class ExactKey extends ApiKey implements Grants {
  declare roleNames: Grants['roleNames'];
  declare permissions: Grants['permissions'];
  declare requiresSecondFactor: Grants['requiresSecondFactor'];
}

type ById = Args<{ id: string }>;

export const usualKeyById = statement('apiKeys.usualById', ({ id }: ById) =>
  KeyWithRoles.query()
    .modify(ofLiveOwner)
    .select('apiKeys.*', arrayOf(heldRoles()).as('roleIds'))
    .where('apiKeys.id', id),
);

export const exactKeyById = statement('apiKeys.exactById', ({ id }: ById) =>
  ExactKey.query()
    .modify(ofLiveOwner)
    .select('apiKeys.*', grantsOf(heldRoles))
    .where('apiKeys.id', id),
);

/** A write per minute and key, whichever process sees it used. */
export const noteKeyUse = statement(
  'apiKeys.noteUse',
  ({ id, now, before }: Args<{ id: string; now: Date; before: Date }>) =>
    ApiKey.query()
      .patch({ lastUsedAt: now })
      .where({ id })
      .where((unnoted) => {
        unnoted.whereNull('lastUsedAt').orWhere('lastUsedAt', '<=', before);
      }),
);

/** Of owners that can act: neither removed nor deactivated. */
function ofLiveOwner(query: QueryBuilder<ApiKey>): void {
  const account = User.query().whereColumn('users.id', 'apiKeys.userId');
  const program = Program.query().whereColumn('serviceAccounts.id', 'apiKeys.serviceAccountId');
  query.where((either) => {
    either
      .whereExists(account.whereNull('users.deactivatedAt'))
      .orWhereExists(program.whereNull('serviceAccounts.deactivatedAt'));
  });
}

function heldRoles(): AnyQueryBuilder {
  const ofPerson = UserRole.query().whereColumn('userRoles.userId', 'apiKeys.userId');
  const ofProgram = ProgramRole.query().whereColumn(
    'serviceAccountRoles.serviceAccountId',
    'apiKeys.serviceAccountId',
  );
  return ofPerson
    .select('userRoles.roleId')
    .unionAll(ofProgram.select('serviceAccountRoles.roleId') as never);
}
