import * as z from 'zod';
import { requires, signedIn } from './kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from './kit/api.ts';
import { Id, Instant, shown } from './kit/scalars.ts';

export const TotpCode = z
  .string()
  .max(6)
  .regex(/^[0-9]{6}$/, 'Write the six digits that the app shows')
  .meta({ description: 'The code of the moment (RFC 6238).', examples: ['492039'] });

/** Letters, digits and hyphens; how they are written does not matter. */
export const RecoveryCode = z
  .string()
  .min(1)
  .max(64)
  .meta({
    description: 'One of the recovery codes, in any spelling. It works once.',
    examples: ['QDPMK-2RSVA-7TXCZ-64HJN-EFWBY-Q'],
  });

export const SecondFactors = z
  .object({
    isRequired: z.boolean().describe('Whether the account must have one.'),
    totp: z
      .object({ confirmedAt: Instant })
      .nullable()
      .describe('An authenticator app; null: there is none.'),
    passkeys: z.int().min(0).describe('How many the account has.'),
    recoveryCodesLeft: z.int().min(0).describe('How many are not used yet.'),
  })
  .meta({
    id: 'SecondFactors',
    description: 'What the account proves beside its password. Never a secret of it.',
    examples: [
      {
        isRequired: false,
        totp: { confirmedAt: '2026-11-21T12:00:00.000Z' },
        passkeys: 0,
        recoveryCodesLeft: 10,
      },
    ],
  });
export type SecondFactors = z.infer<typeof SecondFactors>;

export const TotpEnrolment = z
  .object({
    secret: shown({ max: 64 }).describe('In base32, for whoever types it into the app.'),
    uri: shown({ max: 1000 }).describe('The same as an `otpauth` address.'),
    qrCode: shown({ max: 50_000 }).describe('The address as a picture: SVG.'),
  })
  .meta({
    id: 'TotpEnrolment',
    description: 'A secret for an authenticator app. It counts once a code of it was confirmed.',
    examples: [
      {
        secret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
        uri: 'otpauth://totp/Charter:ada%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Charter',
        qrCode: '<svg xmlns="http://www.w3.org/2000/svg"></svg>',
      },
    ],
  });
export type TotpEnrolment = z.infer<typeof TotpEnrolment>;

export const TotpConfirmation = z.strictObject({ code: TotpCode }).meta({
  id: 'TotpConfirmation',
  description: 'The first code of the app.',
  examples: [{ code: '492039' }],
});

export const RecoveryCodes = z
  .object({
    codes: z
      .array(shown({ max: 64 }))
      .max(10)
      .describe('Each works once.'),
  })
  .meta({
    id: 'RecoveryCodes',
    description: 'Shown once, to be kept where the other factors are not.',
    examples: [{ codes: ['QDPMK-2RSVA-7TXCZ-64HJN-EFWBY-Q'] }],
  });

/** Changing what proves who one is takes somebody who proved it just now. */
const change = { recentLogin: true, exact: true } as const;
const setUp = signedIn({ ...change, beforeSecondFactor: true });

export const secondFactors = c.router(
  {
    get: {
      method: 'GET',
      path: '/second-factors',
      summary: 'Get the own second factors',
      description: 'What the account has, and whether it must have one.',
      responses: { 200: SecondFactors },
      metadata: {
        graphql: { field: 'secondFactors' },
        access: signedIn({ beforeSecondFactor: true }),
      },
    },
    enrol: {
      method: 'POST',
      path: '/second-factors/totp',
      summary: 'Begin to set up an authenticator app',
      description:
        'Answers a new secret, once. It proves nothing before a code of it is confirmed, within an hour; beginning again replaces it.',
      body: c.noBody(),
      responses: { 200: TotpEnrolment },
      metadata: {
        graphql: { field: 'enrolTotp' },
        access: setUp,
        idempotency: 'none',
        problems: ['second_factor_exists'],
        safety: true,
      },
    },
    confirm: {
      method: 'POST',
      path: '/second-factors/totp/confirm',
      summary: 'Confirm the authenticator app',
      description:
        'From now on each sign-in asks for a second factor. Answers the recovery codes, unless the account has some already: those stay, and none are answered.',
      body: TotpConfirmation,
      responses: { 200: RecoveryCodes },
      metadata: {
        graphql: { field: 'confirmTotp' },
        access: setUp,
        idempotency: 'none',
        problems: ['second_factor_missing'],
        limit: 'credentials',
        safety: true,
      },
    },
    removeTotp: {
      method: 'DELETE',
      path: '/second-factors/totp',
      summary: 'Remove the authenticator app',
      description:
        'With the last factor, its recovery codes go, too. An account without one stays as it is.',
      responses: { 204: c.noBody() },
      metadata: { graphql: { field: 'removeTotp' }, access: signedIn(change), safety: true },
    },
    renewCodes: {
      method: 'POST',
      path: '/second-factors/recovery-codes',
      summary: 'Make new recovery codes',
      description:
        'The older ones work no more. They stand in for another factor: an account without one gets none.',
      body: c.noBody(),
      responses: { 200: RecoveryCodes },
      metadata: {
        graphql: { field: 'renewRecoveryCodes' },
        access: signedIn(change),
        idempotency: 'none',
        safety: true,
      },
    },
    reset: {
      method: 'DELETE',
      path: '/users/:userId/second-factors',
      summary: "Remove an account's second factors",
      description:
        'For somebody who lost them: every factor and recovery code is gone, and all sessions end. The owner is told by mail.',
      pathParams: z.object({ userId: Id }),
      responses: { 204: c.noBody() },
      metadata: {
        graphql: { field: 'resetSecondFactors' },
        access: requires('users:manage', change),
        problems: ['own_account_protected'],
        safety: true,
        compliance: true,
      },
    },
  } satisfies Endpoints,
  under(apiPrefix),
);
