import * as z from 'zod';
import { anyone, signedIn } from './kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from './kit/api.ts';
import { Email, FullName, GivenPassword, NewPassword, shown, Username } from './kit/scalars.ts';
import { exampleSession, Session } from './sessions.ts';
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
    examples: [
      {
        identifier: 'ada@example.com',
        password: 'correct horse battery staple',
        delivery: 'cookie',
      },
    ],
  });
export type Credentials = z.output<typeof Credentials>;

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

export const TokenToRevoke = z
  .strictObject({
    token: z.string().min(1).max(8192).describe('An access or a refresh token.'),
    token_type_hint: z
      .enum(['access_token', 'refresh_token'])
      .describe('Not needed: both kinds are recognised.')
      .optional(),
  })
  .meta({
    id: 'TokenToRevoke',
    description: 'The token whose session shall end.',
    examples: [{ token: exampleTokens.refreshToken }],
  });

export const Revoked = z
  .object({})
  .meta({ id: 'Revoked', description: 'The token does not work, or never did.', examples: [{}] });

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
        access: anyone,
        problems: ['cross_site_request', 'sign_up_closed', 'email_taken', 'username_taken'],
        limit: 'credentials',
        location: `${apiPrefix}/me`,
      },
    },
    login: {
      method: 'POST',
      path: '/login',
      summary: 'Sign in',
      description:
        'Starts a session by e-mail or username and password, delivered as a cookie or as tokens.',
      body: Credentials,
      responses: { 200: SignedIn },
      metadata: {
        access: anyone,
        problems: ['invalid_credentials', 'account_disabled', 'email_unverified'],
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
    revoke: {
      method: 'POST',
      path: '/revoke',
      contentType: 'application/x-www-form-urlencoded',
      summary: 'Revoke a token',
      description:
        'Ends the session of an access or a refresh token, after RFC 7009: form-encoded, and 200 whatever the token is.',
      body: TokenToRevoke,
      responses: { 200: Revoked },
      metadata: { access: anyone, limit: 'credentials' },
    },
    logout: {
      method: 'POST',
      path: '/logout',
      summary: 'Sign out',
      description: 'Ends the session of this request: its cookie and its tokens stop working.',
      body: c.noBody(),
      responses: { 204: c.noBody() },
      metadata: { access: signedIn(), credentials: 'forget', sends: ['Set-Cookie'] },
    },
    session: {
      method: 'GET',
      path: '/session',
      summary: 'Get the current session',
      description: 'Answers the session of this request and the account it belongs to.',
      responses: { 200: CurrentSession },
      metadata: { access: signedIn() },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/auth`),
);
