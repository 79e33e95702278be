import type { Send } from './connection.ts';
import { NetworkError } from './errors.ts';
import { orAborted } from './or-aborted.ts';
import type { Signal } from './platform.ts';

/**
 * Sends what is done once, however often it is sent: again where no answer came, at once and a second
 * later, and where the first is still being worked on.
 */
export function keyed(send: Send, key: string = newKey(), signal?: Signal): Send {
  return async (proof) => {
    const headers = { ...proof?.headers, 'idempotency-key': key };
    for (const waitMs of [0, 1000]) {
      const answer = await send({ ...proof, headers }).catch((error) => {
        if (!(error instanceof NetworkError)) throw error;
      });
      const code: string | undefined = answer?.problem?.code;
      if (answer && code !== 'idempotency_key_in_use') return answer;
      await orAborted(new Promise((resolve) => setTimeout(resolve, waitMs)), signal);
    }
    return send({ ...proof, headers });
  };
}

export type Keyed = typeof keyed;

/** Nobody else has it: `randomUUID` is not there on pages without TLS. */
function newKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}
