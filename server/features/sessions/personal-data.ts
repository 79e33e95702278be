import type { PersonalData } from '../../platform/personal-data.ts';
import { KnownDevice, Session } from './model.ts';
import { viewSession } from './view.ts';

export const sessionsData: PersonalData = {
  name: 'sessions',
  tables: ['sessions'],
  read: async (db, userId) =>
    (await Session.query(db).where({ userId }).orderBy('id')).map((session) => ({
      ...viewSession(session),
      revokedAt: session.revokedAt,
      revokedReason: session.revokedReason,
    })),
  erase: async (tx, userId) => {
    await Session.query(tx).delete().where({ userId });
  },
};

export const devicesData: PersonalData = {
  name: 'known-devices',
  tables: ['known_devices'],
  read: async (db, userId) =>
    KnownDevice.query(db).where({ userId }).orderBy('signal').select('signal', 'seenAt'),
  erase: async (tx, userId) => {
    await KnownDevice.query(tx).delete().where({ userId });
  },
};
