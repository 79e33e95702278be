import type { PersonalData } from '../../platform/personal-data.ts';
import { User } from '../users/model.ts';
import { Invitation } from './model.ts';

/** How the account was invited. Whom it invited is theirs; who did is forgotten with the account. */
export const invitationsData: PersonalData = {
  name: 'invitations',
  tables: ['invitations'],
  read: async (db, userId) =>
    (await Invitation.query(db).where({ userId }).orderBy('id')).map(
      ({ email, createdAt, expiresAt, acceptedAt }) => ({
        ...{ email, createdAt, expiresAt, acceptedAt },
      }),
    ),
  erase: async (tx, userId) => {
    const address = User.query().withDeleted().findById(userId).select('email');
    await Invitation.query(tx).delete().where({ userId }).orWhere('email', address);
  },
};
