import { roleConstraints } from './features/roles/model.ts';
import { userConstraints } from './features/users/model.ts';
import type { ConstraintProblems } from './platform/db/database-problems.ts';

/** What a broken constraint means to a caller, of every feature. One that is missing answers 500. */
export const constraints: ConstraintProblems = {
  ...userConstraints,
  ...roleConstraints,
};
