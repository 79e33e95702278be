import type { Handlers } from '../operations/handlers.ts';
import type { Noun } from '../operations/operations.ts';

/** What a noun of the contract brings; whatever else a feature returns is for other features. */
export interface Feature<Router> extends Noun {
  readonly handlers: Handlers<Router>;
}
