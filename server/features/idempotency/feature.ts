import { answersSealed } from '../../platform/idempotency/kept-answer.ts';
import type { Platform } from '../../platform/platform.ts';
import { keptAnswersData } from './personal-data.ts';
import { purgeKeptAnswers } from './purge.ts';

/** Serves no noun of its own: what becomes of the answers that `operations/once.ts` keeps. */
export function idempotencyFeature(platform: Platform) {
  return {
    jobs: [purgeKeptAnswers(platform)],
    sealed: [answersSealed],
    personalData: [keptAnswersData],
  };
}
