// Generated from the contract by `npm run generate`. Do not edit.

import type { Connection } from '../../runtime/connection.ts';
import { type Key, type Query, keyOf, query } from '../../runtime/queries.ts';
import {
  type HealthCheckAnswer,
  type HealthLivenessAnswer,
  type HealthReadinessAnswer,
  healthCheck,
  healthLiveness,
  healthReadiness,
} from '../health.ts';

/** Everything that was asked of `health`. */
export const healthKey: Key = keyOf('health');

/** What the keys of `healthCheckOptions` begin with. */
export function healthCheckKey(): Key {
  return keyOf('health', 'check');
}

/**
 * Check the service.
 *
 * `GET /api/v1/health`. Anyone may call it; a sign-in may show more.
 */
export function healthCheckOptions(connection: Connection): Query<HealthCheckAnswer> {
  return query(['health', 'check'], healthCheck, connection, {});
}

/** What the keys of `healthLivenessOptions` begin with. */
export function healthLivenessKey(): Key {
  return keyOf('health', 'liveness');
}

/**
 * Check that the process runs.
 *
 * `GET /api/v1/health/liveness`. Anyone may call it.
 */
export function healthLivenessOptions(connection: Connection): Query<HealthLivenessAnswer> {
  return query(['health', 'liveness'], healthLiveness, connection, {});
}

/** What the keys of `healthReadinessOptions` begin with. */
export function healthReadinessKey(): Key {
  return keyOf('health', 'readiness');
}

/**
 * Check that the service takes work.
 *
 * `GET /api/v1/health/readiness`. Anyone may call it.
 */
export function healthReadinessOptions(connection: Connection): Query<HealthReadinessAnswer> {
  return query(['health', 'readiness'], healthReadiness, connection, {});
}
