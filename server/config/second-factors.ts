import * as z from 'zod';
import { section, when } from './section.ts';
import { whole } from './values.ts';

export const secondFactors = section({
  settings: {
    REQUIRE_SECOND_FACTOR: z.enum(['none', 'administrators', 'everyone']).default('none'),
    TOTP_WINDOW_STEPS: whole(0, 10).default(1),
    PASSKEY_RP_ID: z
      .string()
      .regex(/^[a-z0-9-]+(\.[a-z0-9-]+)*$/, 'write a host name, as example.com')
      .optional(),
  },
  build: (given) => ({
    /** Who must have one, beside the roles that say so themselves. */
    requiredOf: given.REQUIRE_SECOND_FACTOR,
    /** How many steps of 30 s before and after now a code may be of. */
    totpWindowSteps: given.TOTP_WINDOW_STEPS,
    /** For whom passkeys are made; undefined: the host of the frontend, or of this service. */
    passkeyRpId: given.PASSKEY_RP_ID,
  }),
  warn: ({ totpWindowSteps }) =>
    when(
      totpWindowSteps > 2,
      `TOTP_WINDOW_STEPS is ${totpWindowSteps}: ${totpWindowSteps * 2 + 1} codes are good at any time.`,
    ),
});

export type SecondFactorsConfig = ReturnType<typeof secondFactors.build>;
