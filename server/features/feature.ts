import type { Handlers } from '../operations/handlers.ts';
import type { Noun } from '../operations/operations.ts';

/** What the feature of a noun brings: a handler for every verb of its router, and the rest. */
export interface Feature<Router> extends Noun {
  readonly handlers: Handlers<Router>;
}
