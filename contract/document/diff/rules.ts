import { answerRules } from './rules/answers.ts';
import { documentRules } from './rules/document.ts';
import { graphqlRules } from './rules/graphql.ts';
import { inputRules } from './rules/inputs.ts';
import { markRules } from './rules/marks.ts';
import { operationRules } from './rules/operations.ts';

/** What can be said of a change: a closed list, each with whom it hurts and what to do instead. */
export const rules = {
  ...operationRules,
  ...inputRules,
  ...answerRules,
  ...markRules,
  ...documentRules,
  ...graphqlRules,
};

export type RuleName = keyof typeof rules;
