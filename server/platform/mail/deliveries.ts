import * as z from 'zod';
import { type Clock, daySeconds, secondsAfter } from '../clock.ts';
import type { Database } from '../db/connect.ts';
import { purge } from '../db/purge.ts';
import { type JobRun, job, onSchedule, type Work, works } from '../jobs/job.ts';
import type { Log } from '../observability/log.ts';
import type { MailMetrics } from '../observability/mail-metrics.ts';
import { inSpan } from '../observability/spans.ts';
import type { SecretKeys } from '../secrets/secret-keys.ts';
import { MailRow } from './mail-row.ts';
import { type Look, rendered } from './rendered.ts';
import { openLetter } from './sealed-letter.ts';
import { NotTaken, type Transport } from './transport.ts';

/** Over five hours, and several at once: a server that hangs must not hold all mails up. */
export const deliver = job('mail.deliver', z.object({ mailId: z.uuid() }), {
  attempts: 14,
  atOnce: 5,
});

const purgeOld = job('mail.purge', z.object({}).strict());

/** A letter that nobody could bring out is of no use any more: its links have expired. */
const letterLifeSeconds = 7 * daySeconds;
const rowLifeSeconds = 90 * daySeconds;

export interface DeliveryParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly secretKeys: SecretKeys;
  readonly metrics: MailMetrics;
  readonly look: Look;
  readonly transport: Transport;
  /** Whether letters stay readable after they were sent: for the preview of development. */
  readonly keepsSent: boolean;
}

/** Brings out what was written, and forgets it in time. */
export class Deliveries {
  readonly #parts: DeliveryParts;

  constructor(parts: DeliveryParts) {
    this.#parts = parts;
  }

  works(): Work[] {
    return [
      works(deliver, (run) => this.#deliver(run)),
      onSchedule(purgeOld, '43 * * * *', ({ signal }) => this.#purge(signal)),
    ];
  }

  /** A process that dies between the two steps sends once more: at least once, never less. */
  async #deliver({ data, attempt, signal }: JobRun<{ mailId: string }>): Promise<void> {
    const { db, clock, secretKeys, look, transport, metrics, keepsSent } = this.#parts;
    const row = await MailRow.query(db).findById(data.mailId);
    const addressed = row && row.state !== 'sent' && openLetter(secretKeys, row);
    if (!addressed) return;
    const { id, kind, locale: language, createdAt: writtenAt } = row;
    const letter = rendered(addressed.letter, language, look);
    try {
      const message = { id, to: addressed.to, writtenAt, language, ...letter };
      await inSpan(
        () => ({ name: 'mail send' }),
        () => transport.send(message, signal),
      );
    } catch (error) {
      // The process stops: that says nothing about the mail.
      if (signal.aborted) throw error;
      return this.#noteFailure(row, attempt, error);
    }
    await MailRow.query(db)
      .findById(id)
      .patch({
        state: 'sent',
        sentAt: clock.now(),
        attempts: attempt,
        lastError: null,
        ...(!keepsSent && { sealed: null }),
      });
    metrics.count(kind, 'sent');
  }

  /** @throws what happened, unless trying again is of no use. */
  async #noteFailure({ id, kind }: MailRow, attempts: number, error: unknown): Promise<void> {
    const { db, log, metrics } = this.#parts;
    const { reason, isFinal } =
      error instanceof NotTaken ? error : { reason: 'unexpected', isFinal: false };
    const isOver = isFinal || attempts >= deliver.attempts;
    await MailRow.query(db)
      .findById(id)
      .patch({
        state: isOver ? 'failed' : 'waiting',
        attempts,
        lastError: reason,
        // The letter of a dead job stays: once the server is well, the job can be tried again.
        ...(isFinal && { sealed: null }),
      });
    metrics.count(kind, isOver ? 'failed' : 'deferred');
    log.warn({ mailId: id, kind, reason, attempts, isOver }, 'a mail was not taken');
    if (!isFinal) throw error;
  }

  async #purge(signal: AbortSignal): Promise<void> {
    const { db, clock } = this.#parts;
    const before = (seconds: number) => secondsAfter(clock.now(), -seconds);
    await MailRow.query(db)
      .patch({ sealed: null })
      .whereNotNull('sealed')
      .where('createdAt', '<', before(letterLifeSeconds));
    const old = { column: 'createdAt', before: before(rowLifeSeconds), signal };
    await purge(db, { table: 'mails', key: 'id', ...old });
  }
}
