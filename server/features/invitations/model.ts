import { type QueryBuilder, raw } from 'objection';
import type { Invitation as InvitationShape } from '../../../contract/invitations.ts';
import { AppModel } from '../../platform/db/app-model.ts';
import type { ConstraintProblems } from '../../platform/db/database-problems.ts';
import { keysetOf } from '../../platform/db/keyset.ts';
import { memberRole, Role } from '../roles/model.ts';

export class Invitation extends AppModel {
  static override tableName = 'invitations';
  declare email: string;
  /** Null: what every account begins with. */
  declare roleIds: string[] | null;
  declare invitedById: string | null;
  /** The account that came of it. */
  declare userId: string | null;
  declare createdAt: Date;
  declare expiresAt: Date;
  declare acceptedAt: Date | null;
  declare revokedAt: Date | null;

  /** Read by `withDetails`. */
  declare state: InvitationShape['state'];
  declare roleNames: string[];
}

/** Nobody meets it: an invitation for the same address renews the open one. */
export const invitationConstraints: ConstraintProblems = {
  invitations_open_unique: 'email_taken',
};

export const invitationKeyset = keysetOf(Invitation, {
  orders: {
    createdAt: { column: 'createdAt', kind: 'instant' },
    email: { column: 'email', kind: 'text' },
  },
  usual: '-createdAt',
});

/** Neither accepted nor taken back; it may have expired. */
export function open(query: QueryBuilder<Invitation>): void {
  query.whereNull('acceptedAt').whereNull('revokedAt');
}

/** The state at an instant, and what the account begins with: of the roles, those that there are. */
export function withDetails(now: Date) {
  const names = Role.query().select('roles.name').whereRaw('roles.id = any(invitations.role_ids)');
  return (query: QueryBuilder<Invitation>): void => {
    query.select(
      'invitations.*',
      stateAt(now).as('state'),
      raw('case when role_ids is null then array[?] else array(?) end', [memberRole, names]).as(
        'roleNames',
      ),
    );
  };
}

export function inState(state: InvitationShape['state'], now: Date) {
  return (query: QueryBuilder<Invitation>): void => {
    query.where(stateAt(now), state);
  };
}

function stateAt(now: Date) {
  return raw(
    `case when accepted_at is not null then 'accepted'
       when revoked_at is not null then 'revoked'
       when expires_at <= ? then 'expired' else 'pending' end`,
    [now],
  );
}
