import { section } from './section.ts';
import { whole } from './values.ts';

/** When what has had its time is deleted: accounts of people who are gone, what was recorded, kept answers. */
export const retention = section({
  settings: {
    PURGE_REMOVED_DAYS: whole(1, 3_650).default(30),
    PURGE_DEACTIVATED_DAYS: whole(0, 3_650).default(0),
    AUDIT_RETENTION_DAYS: whole(0, 36_500).default(2_557),
    IDEMPOTENCY_RETENTION_HOURS: whole(1, 720).default(24),
  },
  build: (given) => ({
    /** A removed account can be restored for so long. */
    removedDays: given.PURGE_REMOVED_DAYS,
    /** 0: a deactivated account is kept. */
    deactivatedDays: given.PURGE_DEACTIVATED_DAYS,
    /** Audit entries are kept for so long, seven years unless told otherwise; 0: for ever. */
    auditDays: given.AUDIT_RETENTION_DAYS,
    /** A request with an `Idempotency-Key` gets its answer again for so long. */
    idempotencyHours: given.IDEMPOTENCY_RETENTION_HOURS,
  }),
});
