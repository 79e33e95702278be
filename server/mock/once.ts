import type { Idempotency } from '../../contract/kit/facets/idempotency.ts';
import { fingerprintOf, readKey } from '../operations/idempotency-key.ts';
import type { Once } from '../operations/once.ts';
import type { HandlerReply } from '../operations/reply.ts';
import { problem } from '../platform/problem-error.ts';

/** What an `Idempotency-Key` does, remembered by this process as long as it runs. */
export function onceInMemory({ keeps, isRequired }: Idempotency): Once {
  const done = new Map<string, { fingerprint: string; reply: HandlerReply }>();
  return async (call, input, answer) => {
    const key = readKey(call.presented, isRequired);
    if (key === undefined || !call.actor) return answer();
    const scope = JSON.stringify([call.actor.id, key]);
    const fingerprint = fingerprintOf(input);
    const known = done.get(scope);
    if (!known) {
      const reply = await answer();
      done.set(scope, { fingerprint, reply });
      return reply;
    }
    if (known.fingerprint !== fingerprint) throw problem('idempotency_key_reused');
    if (keeps === 'nothing') throw problem('already_done');
    const headers = { ...known.reply.headers, 'Idempotency-Replayed': 'true' };
    return { ...known.reply, headers };
  };
}
