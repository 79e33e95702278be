import type { health as contract } from '../../../contract/health.ts';
import type { Handlers } from '../../operations/handlers.ts';
import type { Health } from './service.ts';

export function healthHandlers(health: Health): Handlers<typeof contract> {
  return {
    check: async ({ actor }) => {
      const report = await health.check(actor);
      return { status: report.status === 'unhealthy' ? 503 : 200, body: report };
    },

    liveness: async () => ({ status: 200, body: { status: 'alive' } }),

    readiness: async () => {
      await health.assertReady();
      return { status: 200, body: { status: 'ready' } };
    },
  };
}
