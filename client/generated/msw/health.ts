// Generated from the contract by `npm run generate`. Do not edit.

import type { Sketches } from '../../runtime/mock.ts';
import type { Reply } from '../../runtime/mock-replies.ts';
import type {
  HealthCheckAnswer,
  HealthCheckInput,
  HealthLivenessAnswer,
  HealthLivenessInput,
  HealthReadinessAnswer,
  HealthReadinessInput,
} from '../health.ts';
import * as examples from './examples.ts';

/** Handlers of `health`. */
export interface HealthMock<Handler> {
  /**
   * Check the service.
   *
   * `GET /api/v1/health`. Anyone may call it; a sign-in may show more.
   */
  check(reply?: Reply<HealthCheckInput, HealthCheckAnswer>): Handler;
  /**
   * Check that the process runs.
   *
   * `GET /api/v1/health/liveness`. Anyone may call it.
   */
  liveness(reply?: Reply<HealthLivenessInput, HealthLivenessAnswer>): Handler;
  /**
   * Check that the service takes work.
   *
   * `GET /api/v1/health/readiness`. Anyone may call it.
   */
  readiness(reply?: Reply<HealthReadinessInput, HealthReadinessAnswer>): Handler;
}

export const healthSketches: Sketches = {
  check: {
    method: 'get',
    path: '/api/v1/health',
    status: 200,
    examples: [examples.HealthReport],
  },
  liveness: {
    method: 'get',
    path: '/api/v1/health/liveness',
    status: 200,
    examples: [examples.Liveness],
  },
  readiness: {
    method: 'get',
    path: '/api/v1/health/readiness',
    status: 200,
    examples: [examples.Readiness],
  },
};
