import { systemActor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import { daySeconds, secondsAfter } from '../../platform/clock.ts';
import type { Platform } from '../../platform/platform.ts';
import { AuditSeal } from './model.ts';

type Parts = Pick<Platform, 'change' | 'clock' | 'config'>;

/** So many seals at once, of a thousand entries at most each. */
const batchSize = 10;

/**
 * Takes entries that have had their time, with where they came from, seal by seal: what is not sealed
 * yet is never taken. The seals stay without what they held, so that the chain goes on from them.
 */
export async function retain({ change, clock, config }: Parts, signal: AbortSignal): Promise<void> {
  const { auditDays } = config.retention;
  if (auditDays === 0) return;
  const before = secondsAfter(clock.now(), -auditDays * daySeconds);
  for (let taken = batchSize; taken === batchSize && !signal.aborted; ) {
    taken = await change(systemActor('retention'), (tx) => takeBatch(tx, before));
  }
}

async function takeBatch(tx: Transaction, before: Date): Promise<number> {
  const due = await AuditSeal.query(tx)
    .whereNotNull('leaves')
    .where('sealedAt', '<', before)
    .orderBy('number')
    .limit(batchSize)
    .select('number', 'throughPlace');
  const last = due.at(-1);
  if (!last) return 0;
  await tx.raw("set local charter.audit_retention = 'on'");
  await tx('audit_entries').where('place', '<=', last.throughPlace).delete();
  await AuditSeal.query(tx).whereNotNull('leaves').where('number', '<=', last.number).patch({
    leaves: null,
  });
  await tx.audit({ reason: `through seal ${last.number}` });
  return due.length;
}
