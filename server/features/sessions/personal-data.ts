import type { Database } from '../../platform/db/connect.ts';
import type { PersonalData } from '../../platform/personal-data.ts';
import { KnownDevice, ProviderSession, Session } from './model.ts';
import { viewSession } from './view.ts';

export const sessionsData: PersonalData = {
  name: 'sessions',
  tables: ['sessions', 'provider_sessions'],
  read: async (db, userId) => {
    const sessions = await Session.query(db).where({ userId }).orderBy('id');
    const kept = await keptOf(db, userId);
    const providers = new Map(kept.map(({ sessionId, provider }) => [sessionId, provider]));
    return sessions.map((session) => ({
      ...viewSession(session),
      provider: providers.get(session.id) ?? null,
      revokedAt: session.revokedAt,
      revokedReason: session.revokedReason,
    }));
  },
  erase: async (tx, userId) => {
    await keptOf(tx, userId).delete();
    await Session.query(tx).delete().where({ userId });
  },
};

/** What is kept of the sessions at providers from which those of the account began. */
function keptOf(db: Database, userId: string) {
  const own = Session.query(db).where({ userId }).select('id');
  return ProviderSession.query(db).whereIn('sessionId', own);
}

export const devicesData: PersonalData = {
  name: 'known-devices',
  tables: ['known_devices'],
  read: async (db, userId) =>
    KnownDevice.query(db).where({ userId }).orderBy('signal').select('signal', 'seenAt'),
  erase: async (tx, userId) => {
    await KnownDevice.query(tx).delete().where({ userId });
  },
};
