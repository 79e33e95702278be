// Generated from the contract by `npm run generate`. Do not edit.

import type { Refused } from '../runtime/answer.ts';
import { bound } from '../runtime/bound.ts';
import { call } from '../runtime/call.ts';
import type { CallOptions, Connection } from '../runtime/connection.ts';
import type { AnswerHeaders } from '../runtime/platform.ts';
import type { HealthReport, Liveness, Readiness } from './schemas.ts';

export type HealthCheckInput = Record<string, never>;

export type HealthCheckAnswer =
  | {
      ok: true;
      status: 200;
      body: HealthReport;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | {
      ok: false;
      status: 503;
      body: HealthReport;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<401, 'unauthenticated'>
  | Refused<406, 'not_acceptable'>
  | Refused<429, 'rate_limited'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Check the service.
 *
 * 200 while the service is healthy or degraded, 503 when it is unhealthy. Anonymous
 * callers see the status only.
 *
 * `GET /api/v1/health`. Anyone may call it; a sign-in may show more.
 */
export function healthCheck(
  connection: Connection,
  input?: HealthCheckInput,
  options?: CallOptions,
): Promise<HealthCheckAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/health',
      answers: { 200: 'json', 503: 'json' },
    },
    input,
    options,
  );
}

export type HealthLivenessInput = Record<string, never>;

export type HealthLivenessAnswer =
  | {
      ok: true;
      status: 200;
      body: Liveness;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<406, 'not_acceptable'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Check that the process runs.
 *
 * Touches no dependency. Restart the process when this fails.
 *
 * `GET /api/v1/health/liveness`. Anyone may call it.
 */
export function healthLiveness(
  connection: Connection,
  input?: HealthLivenessInput,
  options?: CallOptions,
): Promise<HealthLivenessAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/health/liveness',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

export type HealthReadinessInput = Record<string, never>;

export type HealthReadinessAnswer =
  | {
      ok: true;
      status: 200;
      body: Readiness;
      problem?: undefined;
      headers: AnswerHeaders;
    }
  | Refused<406, 'not_acceptable'>
  | Refused<500, 'internal_error'>
  | Refused<503, 'service_unavailable'>;

/**
 * Check that the service takes work.
 *
 * 503 while a required dependency is away or the process is stopping. Send no traffic
 * then.
 *
 * `GET /api/v1/health/readiness`. Anyone may call it.
 */
export function healthReadiness(
  connection: Connection,
  input?: HealthReadinessInput,
  options?: CallOptions,
): Promise<HealthReadinessAnswer> {
  return call(
    connection,
    {
      method: 'GET',
      path: '/api/v1/health/readiness',
      answers: { 200: 'json' },
    },
    input,
    options,
  );
}

/** Is the service up, and does it take work? */
export interface HealthClient {
  /**
   * Check the service.
   *
   * 200 while the service is healthy or degraded, 503 when it is unhealthy. Anonymous
   * callers see the status only.
   *
   * `GET /api/v1/health`. Anyone may call it; a sign-in may show more.
   */
  check(input?: HealthCheckInput, options?: CallOptions): Promise<HealthCheckAnswer>;

  /**
   * Check that the process runs.
   *
   * Touches no dependency. Restart the process when this fails.
   *
   * `GET /api/v1/health/liveness`. Anyone may call it.
   */
  liveness(input?: HealthLivenessInput, options?: CallOptions): Promise<HealthLivenessAnswer>;

  /**
   * Check that the service takes work.
   *
   * 503 while a required dependency is away or the process is stopping. Send no traffic
   * then.
   *
   * `GET /api/v1/health/readiness`. Anyone may call it.
   */
  readiness(input?: HealthReadinessInput, options?: CallOptions): Promise<HealthReadinessAnswer>;
}

/** Is the service up, and does it take work? */
export function healthClient(connection: Connection): HealthClient {
  return bound<HealthClient>(connection, {
    check: healthCheck,
    liveness: healthLiveness,
    readiness: healthReadiness,
  });
}
