import type { PersonalData } from '../../platform/personal-data.ts';
import type { Avatars } from './avatars.ts';
import { KeptEmail } from './free-names.ts';
import { User, withRoleNames } from './model.ts';
import { viewFull } from './view.ts';

export const accountData: PersonalData = {
  name: 'account',
  tables: ['users', 'user_roles'],
  read: async (db, userId) => {
    const user = await User.query(db).modify(withRoleNames).findById(userId);
    if (!user) return [];
    const { view: _, ...account } = viewFull(user);
    const { emailVerifiedAt, lastLoginAt, deactivatedAt, passwordHash } = user;
    const hasPassword = passwordHash !== null;
    return [{ ...account, emailVerifiedAt, lastLoginAt, deactivatedAt, hasPassword }];
  },
  excuse: 'The row of the account is what an erasure removes last, and roles hang on it.',
};

/** The row says what is known of it, and is gone with the account. */
export function avatarData(avatars: Avatars): PersonalData {
  return {
    name: 'avatar',
    tables: [],
    read: async (db, userId) => {
      const user = await User.query(db).findById(userId).whereNotNull('avatarId');
      return user ? [{ mediaType: user.avatarType, bytes: user.avatarBytes }] : [];
    },
    files: (userId) => avatars.ownFile(userId),
    erase: (tx, userId) => avatars.forget(tx, userId),
  };
}

/** Addresses that the account can still take back. */
export const keptEmailsData: PersonalData = {
  name: 'kept-addresses',
  tables: ['kept_emails'],
  read: async (db, userId) =>
    (await KeptEmail.query(db).where({ userId })).map(({ email, keptUntil }) => ({
      email,
      keptUntil,
    })),
  erase: async (tx, userId) => {
    await KeptEmail.query(tx).delete().where({ userId });
  },
};
