import type { Attempt, Send } from './connection.ts';
import { NetworkError } from './errors.ts';
import { pause } from './pause.ts';

/**
 * Sends what is done once, however often it is sent. So it may be sent again, as `retry` says; where
 * nothing is said: where no answer came, at once and a second later, and where the first is still
 * being worked on.
 */
export function keyed(attempt: Attempt): Send {
  const { connection, options } = attempt;
  const key = options.idempotencyKey ?? newKey();
  const send: Send = (proof) =>
    attempt.send({ ...proof, headers: { ...proof?.headers, 'idempotency-key': key } });
  return (connection.retry ?? twiceMore)({ ...attempt, send, isKeyed: true });
}

function twiceMore({ send, signal }: Attempt): Send {
  return async (proof) => {
    for (const waitMs of [0, 1000]) {
      const answer = await send(proof).catch((error) => {
        if (!(error instanceof NetworkError)) throw error;
      });
      const code: string | undefined = answer?.problem?.code;
      if (answer && code !== 'idempotency_key_in_use') return answer;
      await pause(waitMs, signal);
    }
    return send(proof);
  };
}

/** Nobody else has it: `randomUUID` is not there on pages without TLS. */
function newKey(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join('-');
}
