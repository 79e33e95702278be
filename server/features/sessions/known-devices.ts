import * as z from 'zod';
import type { Transaction } from '../../platform/change.ts';
import { type Clock, daySeconds, secondsAfter } from '../../platform/clock.ts';
import type { Database } from '../../platform/db/connect.ts';
import { job, onSchedule, type Work } from '../../platform/jobs/job.ts';
import { neighbourhoodOf } from '../../platform/network.ts';
import { KnownDevice, knownSignals } from './model.ts';
import { familyOf } from './user-agent.ts';

/** What a sign-in shows of its device, and what of that has to be written down. */
export interface Sighting {
  readonly isNew: boolean;
  readonly toNote: readonly string[];
}

interface Device {
  readonly userAgent: string | null;
  readonly address: string;
}

const memorySeconds = 90 * daySeconds;

/**
 * The devices from which an account signs in, by two signals: the kind of browser with its system,
 * and the network. A device is known while the account was seen with both, in whichever sign-ins,
 * within 90 days. So a thief in another town and one with another browser are told of; one at the
 * next desk with the same browser is not.
 */
export class KnownDevices {
  readonly #db: Database;
  readonly #clock: Clock;

  constructor({ db, clock }: { db: Database; clock: Clock }) {
    this.#db = db;
    this.#clock = clock;
  }

  /** One short read, which takes no lock. */
  async look(
    userId: string,
    { userAgent, address }: Device,
    db: Database = this.#db,
  ): Promise<Sighting> {
    const [agent, network] = [familyOf(userAgent), neighbourhoodOf(address)];
    const rows = await knownSignals.all(db, { userId, agent, network });
    const now = this.#clock.now();
    const seenWithin = (signal: string, seconds: number) =>
      rows.some((row) => row.signal === signal && row.seenAt > secondsAfter(now, -seconds));
    const signals = [agent, network];
    return {
      isNew: !signals.every((signal) => seenWithin(signal, memorySeconds)),
      // Once a day is often enough for a memory of 90.
      toNote: signals.filter((signal) => !seenWithin(signal, daySeconds)),
    };
  }

  /**
   * Part of the change in which the session begins, with the account locked; says whether the device
   * is new. For one that was seen lately nothing is asked or written: that is nearly every sign-in.
   */
  async note(tx: Transaction, userId: string, device: Device, seen: Sighting): Promise<boolean> {
    if (seen.toNote.length === 0) return false;
    // Another sign-in may have been faster.
    const { toNote, isNew } = await this.look(userId, device, tx);
    await this.#remember(tx, userId, toNote);
    return isNew;
  }

  /** What was not seen for so long is new again, and need not be kept. */
  work(): Work {
    return onSchedule(job('devices.forget', z.object({})), '41 2 * * *', async () => {
      const before = secondsAfter(this.#clock.now(), -memorySeconds);
      await KnownDevice.query(this.#db).delete().where('seenAt', '<', before);
    });
  }

  /** Whoever signed in before was somebody else, perhaps. */
  async forget(tx: Transaction, userId: string): Promise<void> {
    await KnownDevice.query(tx).delete().where({ userId });
  }

  async #remember(tx: Transaction, userId: string, toNote: readonly string[]): Promise<void> {
    if (toNote.length === 0) return;
    const rows = toNote.map((signal) => ({ userId, signal, seenAt: tx.now }));
    await tx('known_devices').insert(rows).onConflict(['user_id', 'signal']).merge();
  }
}
