import { type Clock, earlier, secondsAfter } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import { type Args, statement } from '../../platform/db/statements/statement.ts';
import type { SessionState } from './find-caller.ts';
import { Session } from './model.ts';

const noteAfterSeconds = 60;

const noteSeen = statement('sessions.noteSeen', (arg: Args<{ id: string; now: Date }>) =>
  Session.query().where('id', arg.id).patch({ lastSeenAt: arg.now }),
);
const noteSeenAndExtend = statement(
  'sessions.noteSeenAndExtend',
  ({ id, now, idleExpiresAt }: Args<{ id: string; now: Date; idleExpiresAt: Date }>) =>
    Session.query().where('id', id).patch({ lastSeenAt: now, idleExpiresAt }),
);

/**
 * Notes that a session is used: a write per minute and session, not per request. A cookie idles
 * anew from now. A session by tokens idles until it is refreshed: its end is not written, so that
 * a refresh at the same moment keeps what it wrote.
 */
export async function noteUse(
  db: Database,
  clock: Clock,
  session: SessionState,
  cookieIdleSeconds: number,
): Promise<SessionState> {
  const { id, kind, expiresAt, lastSeenAt } = session;
  const now = clock.now();
  if (secondsAfter(lastSeenAt, noteAfterSeconds) > now) return session;
  if (kind === 'tokens') {
    await noteSeen.run(db, { id, now });
    return { ...session, lastSeenAt: now };
  }
  const idleExpiresAt = earlier(secondsAfter(now, cookieIdleSeconds), expiresAt);
  await noteSeenAndExtend.run(db, { id, now, idleExpiresAt });
  return { ...session, lastSeenAt: now, idleExpiresAt };
}
