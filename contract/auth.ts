import * as z from 'zod';
import { anyone, signedIn } from './kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from './kit/api.ts';
import { finding } from './kit/findings.ts';
import type { Json } from './kit/json.ts';
import { Email, FullName, GivenPassword, NewPassword, shown, Username } from './kit/scalars.ts';
import { oauth } from './oauth.ts';
import { Assertion, exampleAssertion, PasskeyRequest } from './passkeys.ts';
import { RecoveryCode, TotpCode } from './second-factors.ts';
import { exampleSession, Session } from './sessions.ts';
import { signInOptions } from './sign-in-options.ts';
import { exampleUser, User } from './users.ts';

export const CurrentSession = z.object({ session: Session, user: User }).meta({
  id: 'CurrentSession',
  description: 'The session of this request, and whose it is.',
  examples: [{ session: exampleSession, user: exampleUser }],
});

const tokenFields = {
  accessToken: z
    .string()
    .max(8192)
    .describe('Send it as `Authorization: Bearer …`. A JWT after RFC 9068.'),
  tokenType: z.literal('Bearer'),
  expiresInSeconds: z.int().min(1).describe('The life of the access token.'),
  refreshToken: z
    .string()
    .max(512)
    .describe('Good for one refresh; the answer holds the next one.'),
};

const exampleTokens = {
  accessToken: 'eyJhbGciOiJFUzI1NiIsInR5cCI6ImF0K2p3dCJ9.e30.c2lnbmF0dXJl',
  tokenType: 'Bearer',
  expiresInSeconds: 300,
  refreshToken: 'AZlMHnoAfRCKOSt8tqTAAQ.1.qv0oWgP1',
};

export const TokenPair = z.object(tokenFields).meta({
  id: 'TokenPair',
  description: 'An access and a refresh token.',
  examples: [exampleTokens],
});

const exampleCookieSignIn = {
  delivery: 'cookie',
  session: { ...exampleSession, kind: 'cookie' },
  user: exampleUser,
};

export const CookieSignIn = z
  .object({
    delivery: z.literal('cookie').describe('The session is in the cookie of this answer.'),
    session: Session,
    user: User,
  })
  .meta({
    id: 'CookieSignIn',
    description: 'Signed in by cookie, for browsers.',
    examples: [exampleCookieSignIn],
  });

const exampleTokenSignIn = {
  delivery: 'tokens',
  ...exampleTokens,
  session: exampleSession,
  user: exampleUser,
};

export const TokenSignIn = z
  .object({
    delivery: z.literal('tokens').describe('The session is in the tokens of this answer.'),
    ...tokenFields,
    session: Session,
    user: User,
  })
  .meta({
    id: 'TokenSignIn',
    description: 'Signed in by tokens, for programs.',
    examples: [exampleTokenSignIn],
  });

export const SignedIn = z.discriminatedUnion('delivery', [CookieSignIn, TokenSignIn]).meta({
  id: 'SignedIn',
  description: 'A successful sign-in: `delivery` tells where the session is.',
  examples: [exampleCookieSignIn, exampleTokenSignIn],
});

export const Delivery = z
  .enum(['cookie', 'tokens'])
  .describe('`cookie` for browsers (no token ever reaches a script), `tokens` for programs.');

/** The examples of whatever says how a session is delivered. */
export function bothDeliveries(example: Json) {
  const exampleNames = ['cookie', 'tokens'];
  return { examples: exampleNames.map((delivery) => ({ ...example, delivery })), exampleNames };
}

const exampleCredentials = {
  identifier: 'ada@example.com',
  password: 'correct horse battery staple',
};

export const Credentials = z
  .strictObject({
    identifier: z
      .string()
      .min(1)
      .max(320)
      .describe('The e-mail address or the username.')
      .meta({ examples: ['ada@example.com'] }),
    password: GivenPassword,
    delivery: Delivery,
  })
  .meta({
    id: 'Credentials',
    description: 'Who signs in, and how the session is delivered.',
    ...bothDeliveries(exampleCredentials),
  });
export type Credentials = z.output<typeof Credentials>;

const exampleStep = 'm2Fh0cYqv1d3mYJw6m4cJ9o1W7b5Xk2Qe8r0tYuIoPs';

export const SecondFactorNeeded = z
  .object({
    delivery: z.literal('none').describe('There is no session yet.'),
    token: z
      .string()
      .max(512)
      .describe('What the second step of this sign-in is done with: once, and soon.'),
    expiresInSeconds: z.int().min(1).describe('The life of the token.'),
    factors: z
      .array(z.enum(['totp', 'recovery_code', 'passkey']))
      .max(3)
      .describe('What the account can prove it with.'),
    passkey: PasskeyRequest.optional().describe('For the browser, where it has a passkey.'),
  })
  .meta({
    id: 'SecondFactorNeeded',
    description: 'The first factor is right. There is no session before a second one is proven.',
    examples: [
      {
        delivery: 'none',
        token: exampleStep,
        expiresInSeconds: 300,
        factors: ['totp', 'recovery_code'],
      },
    ],
  });
export type SecondFactorNeeded = z.infer<typeof SecondFactorNeeded>;

const factorFields = {
  totp: TotpCode.optional(),
  recoveryCode: RecoveryCode.optional(),
  passkey: Assertion.optional(),
};

const exampleFactors = [
  { totp: '492039' },
  { recoveryCode: 'QDPMK-2RSVA-7TXCZ-64HJN-EFWBY-Q' },
  { passkey: exampleAssertion },
];

const oneOf = (names: readonly string[]) =>
  [
    (given: Record<string, unknown>) =>
      names.filter((name) => given[name] !== undefined).length === 1,
    finding('required', `Give exactly one of ${names.join(', ')}`),
  ] as const;

export const SecondFactorProof = z
  .strictObject({
    token: z.string().min(1).max(512).describe('As the sign-in answered it.'),
    ...factorFields,
  })
  .refine(...oneOf(Object.keys(factorFields)))
  .meta({
    id: 'SecondFactorProof',
    description: 'Exactly one of the factors.',
    examples: exampleFactors.map((proof) => ({ token: exampleStep, ...proof })),
    exampleNames: ['totp', 'recoveryCode', 'passkey'],
  });
export type SecondFactorProof = z.output<typeof SecondFactorProof>;

export const Reauthentication = z
  .strictObject({ password: GivenPassword.optional(), ...factorFields })
  .refine(...oneOf(['password', ...Object.keys(factorFields)]))
  .meta({
    id: 'Reauthentication',
    description: 'Exactly one thing that proves who calls.',
    examples: [{ password: exampleCredentials.password }, ...exampleFactors],
    exampleNames: ['password', 'totp', 'recoveryCode', 'passkey'],
  });
export type Reauthentication = z.output<typeof Reauthentication>;

export const PasskeySignIn = z.strictObject({ passkey: Assertion, delivery: Delivery }).meta({
  id: 'PasskeySignIn',
  description: 'What the passkey answered, and how the session is delivered.',
  ...bothDeliveries({ passkey: exampleAssertion }),
});
export type PasskeySignIn = z.output<typeof PasskeySignIn>;

export const Registration = z
  .strictObject({
    email: Email,
    username: Username,
    fullName: FullName.nullable().optional(),
    password: NewPassword,
  })
  .meta({
    id: 'Registration',
    description: 'An account to sign up for.',
    examples: [
      { email: 'ada@example.com', username: 'ada', password: 'correct horse battery staple' },
    ],
  });
export type Registration = z.output<typeof Registration>;

export const Registered = z
  .object({ user: User })
  .meta({ id: 'Registered', description: 'The new account.', examples: [{ user: exampleUser }] });

export const RegistrationReceived = z.object({ message: shown({ max: 200 }) }).meta({
  id: 'RegistrationReceived',
  description: 'The same answer whether or not the address was free.',
  examples: [{ message: 'The account begins when the address is proven.' }],
});

export const RefreshRequest = z.strictObject({ refreshToken: z.string().min(1).max(512) }).meta({
  id: 'RefreshRequest',
  description: 'The refresh token of the last answer.',
  examples: [{ refreshToken: exampleTokens.refreshToken }],
});

export const auth = c.router(
  {
    register: {
      method: 'POST',
      path: '/register',
      summary: 'Sign up',
      description:
        'Creates an account. 201 with the account where this service tells that an address is taken (`SIGN_UP_ANSWER=conflict`), else 202 with the same answer in every case: the account begins when its address is proven.',
      body: Registration,
      responses: { 201: Registered, 202: RegistrationReceived },
      metadata: {
        graphql: { field: 'register' },
        access: anyone,
        problems: ['cross_site_request', 'sign_up_closed', 'email_taken', 'username_taken'],
        limit: 'credentials',
        location: `${apiPrefix}/me`,
        compliance: true,
      },
    },
    login: {
      method: 'POST',
      path: '/login',
      summary: 'Sign in',
      description:
        'Starts a session by e-mail or username and password, delivered as a cookie or as tokens. 202 for an account with a second factor: there is no session before that is proven.',
      body: Credentials,
      responses: { 200: SignedIn, 202: SecondFactorNeeded },
      metadata: {
        graphql: { field: 'login', fixed: { delivery: 'cookie' } },
        access: anyone,
        problems: ['invalid_credentials', 'account_disabled', 'email_unverified'],
        credentials: 'keep',
        sends: ['Set-Cookie'],
        limit: 'credentials',
      },
    },
    proveSecondFactor: {
      method: 'POST',
      path: '/second-factor',
      summary: 'Prove the second factor',
      description:
        'Ends a sign-in that was answered with 202: exactly one of the factors that it named. A wrong code may be corrected a few times with the same token.',
      body: SecondFactorProof,
      responses: { 200: SignedIn },
      metadata: {
        graphql: { field: 'proveSecondFactor' },
        access: anyone,
        problems: ['invalid_second_factor', 'invalid_link', 'account_disabled', 'email_unverified'],
        credentials: 'keep',
        sends: ['Set-Cookie'],
        limit: 'credentials',
      },
    },
    passkeyOptions: {
      method: 'POST',
      path: '/passkey/options',
      summary: 'Begin to sign in by passkey',
      description:
        'What the browser needs to let somebody choose a passkey, for a sign-in or to prove anew who one is. Good once, for five minutes.',
      body: c.noBody(),
      responses: { 200: PasskeyRequest },
      metadata: { graphql: { field: 'passkeyOptions' }, access: anyone, limit: 'credentials' },
    },
    passkey: {
      method: 'POST',
      path: '/passkey',
      summary: 'Sign in by passkey',
      description:
        'Starts a session by a passkey alone: it is both factors at once, as it has looked at its owner.',
      body: PasskeySignIn,
      responses: { 200: SignedIn },
      metadata: {
        graphql: { field: 'signInByPasskey', fixed: { delivery: 'cookie' } },
        access: anyone,
        problems: ['invalid_passkey', 'invalid_link', 'account_disabled', 'email_unverified'],
        credentials: 'keep',
        sends: ['Set-Cookie'],
        limit: 'credentials',
      },
    },
    reauthenticate: {
      method: 'POST',
      path: '/reauthenticate',
      summary: 'Prove anew who you are',
      description:
        'Makes the sign-in of this request a recent one, as sensitive operations ask for. An account with a second factor proves that, any other one its password. The session goes on with a new cookie or new tokens.',
      body: Reauthentication,
      responses: { 200: SignedIn },
      metadata: {
        graphql: { field: 'reauthenticate' },
        access: signedIn({ exact: true, beforeSecondFactor: true, inPerson: true }),
        idempotency: 'none',
        problems: ['second_factor_required', 'reauthentication_required', 'invalid_link'],
        credentials: 'keep',
        sends: ['Set-Cookie'],
        limit: 'credentials',
      },
    },
    refresh: {
      method: 'POST',
      path: '/refresh',
      summary: 'Refresh the tokens',
      description:
        'Exchanges the refresh token for the next pair. Callers that race get the same pair; a token that was used before ends the session.',
      body: RefreshRequest,
      responses: { 200: TokenPair },
      metadata: {
        access: anyone,
        problems: ['invalid_refresh_token'],
        credentials: 'keep',
        limit: 'credentials',
      },
    },
    ...oauth,
    ...signInOptions,
    logout: {
      method: 'POST',
      path: '/logout',
      summary: 'Sign out',
      description: 'Ends the session of this request: its cookie and its tokens stop working.',
      body: c.noBody(),
      responses: { 204: c.noBody() },
      metadata: {
        graphql: { field: 'logout' },
        access: signedIn({ beforeSecondFactor: true }),
        idempotency: 'none',
        credentials: 'forget',
        sends: ['Set-Cookie'],
      },
    },
    session: {
      method: 'GET',
      path: '/session',
      summary: 'Get the current session',
      description: 'Answers the session of this request and the account it belongs to.',
      responses: { 200: CurrentSession },
      metadata: {
        graphql: { field: 'currentSession' },
        access: signedIn({ beforeSecondFactor: true }),
      },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/auth`),
);
