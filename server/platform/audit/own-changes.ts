import { type Actor, actorName } from '../auth/actor.ts';
import type { Database } from '../db/connect.ts';
import { type Args, statement } from '../db/statements/statement.ts';
import { AuditEntry } from './entry.ts';

const entrySince = statement(
  'audit.entrySince',
  ({ actor, since }: Args<{ actor: string; since: Date }>) =>
    AuditEntry.query().select('id').where({ actor }).where('at', '>=', since).limit(1),
);

/**
 * Whether the actor has changed something since, on whichever process: every change leaves its entry, in
 * its own transaction.
 */
export async function hasChanged(db: Database, actor: Actor, since: Date): Promise<boolean> {
  return (await entrySince.find(db, { actor: actorName(actor), since })) !== undefined;
}
