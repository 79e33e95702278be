import type { Actor } from '../platform/auth/actor.ts';
import type { Admission, Presented } from '../platform/auth/guard.ts';
import { invalidInput, problem } from '../platform/problem-error.ts';

/** What an answer without an end needs of its call, while it goes on. */
export interface LiveCall {
  /** The last event that the caller has seen, where it comes back. */
  readonly lastEventId: string | undefined;
  /**
   * Who calls, and whether they may, asked anew by what the call presented when it came.
   * @throws what the guard would throw: 401, 403.
   */
  readonly readmit: () => Promise<Actor>;
}

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/** The step of operations whose answer is live. */
export function liveOf(admission: Admission) {
  return (presented: Presented): LiveCall => ({
    lastEventId: readLastEventId(presented),
    readmit: async () => {
      const actor = await admission.authenticate(presented);
      admission.authorize(actor);
      if (!actor) throw problem('unauthenticated');
      return actor;
    },
  });
}

/** @throws a problem `validation_failed`. An empty one is none: browsers send it so. */
function readLastEventId({ 'last-event-id': id }: Presented): string | undefined {
  if (id === undefined || id === '') return undefined;
  if (uuid.test(id)) return id.toLowerCase();
  const message = 'Send the `id` of an event';
  throw invalidInput({ in: 'headers', path: 'last-event-id', code: 'wrong_format', message });
}
