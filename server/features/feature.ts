import type { Handlers } from '../operations/handlers.ts';
import type { ConstraintProblems } from '../platform/db/database-problems.ts';

/** What a noun of the contract brings; whatever else it returns is for other features. */
export interface Feature<Router> {
  readonly handlers: Handlers<Router>;
  /** Constraints of its tables → the problem that breaking one means. */
  readonly constraints?: ConstraintProblems;
  /** What it loads before the service takes work. */
  readonly start?: () => Promise<void>;
}

/** A feature whose contract is not looked at: what operations are made of. */
export type AnyFeature = Pick<Feature<never>, 'constraints' | 'start'> & {
  readonly handlers: object;
};
