import * as z from 'zod';
import { type Clock, daySeconds, secondsAfter } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import { purge } from '../../platform/db/purge.ts';
import { job, onSchedule, type Work } from '../../platform/jobs/job.ts';
import { ProviderSession, Session } from './model.ts';

/** For so long an ended session still tells from where an account has signed in before. */
const keepDays = 90;

const purgeEnded = job('sessions.purge', z.object({}).strict());
const purgeAtProviders = job('provider-sessions.purge', z.object({}).strict());

/** However a session ends, it has run out by `expires_at`. */
export function purgeSessions({ db, clock }: { db: Database; clock: Clock }): Work {
  return onSchedule(purgeEnded, '33 * * * *', async ({ signal }) => {
    const before = secondsAfter(clock.now(), -keepDays * daySeconds);
    await purge(db, { table: 'sessions', key: 'id', column: 'expiresAt', before, signal });
  });
}

/**
 * What is kept of sessions at providers goes with ours, those included that nobody ended; and logout
 * tokens, once they have expired by themselves.
 */
export function purgeProviderSessions({ db, clock }: { db: Database; clock: Clock }): Work {
  return onSchedule(purgeAtProviders, '18 * * * *', async ({ signal }) => {
    const before = clock.now();
    const over = { key: 'id', column: 'expiresAt', before, signal };
    await lapse(db, before);
    await purge(db, { table: 'provider_sessions', ...over });
    await purge(db, { table: 'logout_tokens', ...over });
  });
}

/** A session idles anew with its use: when it has idled away, only its own row knows. */
async function lapse(db: Database, before: Date): Promise<void> {
  const own = Session.query().whereColumn('sessions.id', 'providerSessions.sessionId');
  const idle = own.where('sessions.idleExpiresAt', '<', before);
  await ProviderSession.query(db).delete().whereExists(idle);
}
