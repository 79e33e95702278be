import type { Scheme } from '../../platform/auth/guard.ts';
import type { ApiKeyMetrics } from '../../platform/observability/api-key-metrics.ts';
import { problem } from '../../platform/problem-error.ts';
import type { ApiKeyCallers } from './callers.ts';
import { isKey } from './key-text.ts';

/**
 * `Authorization: Bearer <key>`. A key is told from a token by its prefix; from then on it decides
 * alone.
 */
export function apiKeyScheme(callers: ApiKeyCallers, metrics: ApiKeyMetrics): Scheme {
  return {
    read: ({ authorization }) => {
      const given = authorization && /^Bearer (\w+)$/i.exec(authorization)?.[1];
      return given && isKey(given) ? given : undefined;
    },
    authenticate: async (key, { exact }) => {
      const actor = await callers.byKey(key, { exact });
      metrics.count(actor ? 'used' : 'refused');
      if (!actor) throw problem('unauthenticated');
      return actor;
    },
  };
}
