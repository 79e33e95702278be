import type { secondFactors as contract } from '../../../contract/second-factors.ts';
import type { Handlers } from '../../operations/handlers.ts';
import type { SecondFactors } from './service.ts';
import type { Totp } from './totp.ts';

export function secondFactorsHandlers(
  secondFactors: SecondFactors,
  totp: Totp,
): Handlers<typeof contract> {
  return {
    get: async ({ actor }) => ({ status: 200, body: await secondFactors.get(actor) }),

    enrol: async ({ actor }) => ({ status: 200, body: await totp.enrol(actor) }),

    confirm: async ({ actor, body }) => ({
      status: 200,
      body: { codes: await totp.confirm(actor, body.code) },
    }),

    removeTotp: async ({ actor }) => {
      await totp.remove(actor);
      return { status: 204, body: undefined };
    },

    renewCodes: async ({ actor }) => ({
      status: 200,
      body: { codes: await secondFactors.renewCodes(actor) },
    }),

    reset: async ({ actor, params }) => {
      await secondFactors.reset(actor, params.userId);
      return { status: 204, body: undefined };
    },
  };
}
