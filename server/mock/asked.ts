import type { Json } from '../../contract/kit/json.ts';
import type { Expects } from '../operations/conditions.ts';
import type { Input } from '../operations/reply.ts';
import type { Actor } from '../platform/auth/actor.ts';
import type { Presented } from '../platform/auth/guard.ts';

/** What a handler is called with. */
export interface Handled extends Input {
  readonly actor: Actor | undefined;
  readonly call: { readonly presented: Presented };
  readonly expects: Expects | undefined;
}

/** The same, as a mock looks at it. */
export interface Asked {
  readonly actor: Actor | undefined;
  readonly presented: Presented;
  readonly expects: Expects | undefined;
  readonly params: Json;
  readonly query: Json;
  /** The body in JSON: an instant is text again. */
  readonly sent: Json;
  /** The thing that the address names. */
  readonly id: string | undefined;
}

export function askedBy({ params, query, body, actor, call, expects }: Handled): Asked {
  const named = (params ?? {}) as Json;
  const [id] = Object.values(named).slice(-1);
  return {
    actor,
    presented: call.presented,
    expects,
    params: named,
    query: (query ?? {}) as Json,
    sent: JSON.parse(JSON.stringify(body ?? {})) as Json,
    id: typeof id === 'string' ? id : undefined,
  };
}
