import * as z from 'zod';
import { type Actor, systemActor } from '../../platform/auth/actor.ts';
import type { Transaction } from '../../platform/change.ts';
import { type Job, job, type Work, works } from '../../platform/jobs/job.ts';
import type { Platform } from '../../platform/platform.ts';
import { findByIdentifier, User } from '../users/model.ts';

type Parts = Pick<Platform, 'db' | 'change' | 'secretKeys'>;

/** Writes to an account, locked and active, inside the change. */
export type SendLink = (tx: Transaction, user: User) => Promise<void>;

/**
 * Requests for a link by whoever knows an address. The request leaves a job and nothing else, and
 * only the job looks for an account: answers and times are alike for every address, whether it
 * belongs to somebody or not (OWASP Forgot Password Cheat Sheet).
 */
export class LinkRequests {
  readonly #parts: Parts;
  readonly #job: Job<{ sealed: string }>;
  readonly #send: SendLink;

  constructor(parts: Parts, name: string, send: SendLink) {
    this.#parts = parts;
    this.#job = job(name, z.object({ sealed: z.string() }), { aboutSealed: () => name });
    this.#send = send;
  }

  async request(actor: Actor | undefined, email: string): Promise<void> {
    const { change, secretKeys } = this.#parts;
    // The address is personal, and the queue keeps its data in the clear.
    const sealed = secretKeys.seal(email, this.#job.name);
    await change(actor, async (tx) => {
      await tx.enqueue(this.#job, { sealed });
      await tx.audit({});
    });
  }

  work(): Work {
    return works(this.#job, async ({ data: { sealed } }) => {
      const { change, db, secretKeys } = this.#parts;
      const found = await findByIdentifier(db, secretKeys.open(sealed, this.#job.name));
      if (!found) return;
      await change(systemActor(this.#job.name), async (tx) => {
        const user = await User.query(tx).findById(found.id).forUpdate();
        if (user && !user.deactivatedAt) await this.#send(tx, user);
      });
    });
  }
}
