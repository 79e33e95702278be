import * as z from 'zod';
import { bothDeliveries, Delivery, SecondFactorNeeded, SignedIn } from './auth.ts';
import { Identity } from './identities.ts';
import { anyone, signedIn } from './kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from './kit/api.ts';
import { shown } from './kit/scalars.ts';

const ProviderName = z
  .string()
  .max(32)
  .regex(/^[a-z][a-z0-9-]*$/, 'Write the name of a provider, as google')
  .meta({ description: 'As `GET /auth/providers` names it.', examples: ['google'] });

const Code = z
  .string()
  .min(1)
  .max(200)
  .describe('From the address to which the sign-in led back: once, and within a minute.');

const Binding = z
  .string()
  .min(1)
  .max(200)
  .describe('As the start answered it. A browser that signs in by cookie holds it in a cookie.');

const exampleBinding = 'q9mYw8rJr1n9v0t2s4u6EHt3J3c3yWl0Yz6v7kq0m5n';
const exampleCode = 'Ht3J3c3yWl0Yz6v7kq0m5nq9mYw8rJr1n9v0t2s4u6E';

// {"typ":"logout+jwt","alg":"ES256"}.{"sub":"ada","sid":"a-session","jti":"a-token"}
const exampleLogoutToken =
  'eyJ0eXAiOiJsb2dvdXQrand0IiwiYWxnIjoiRVMyNTYifQ.eyJzdWIiOiJhZGEiLCJzaWQiOiJhLXNlc3Npb24iLCJqdGkiOiJhLXRva2VuIn0.c2lnbmF0dXJl';

export const Providers = z
  .object({
    items: z
      .array(
        z.object({
          name: shown({ max: 32 }).describe('What a sign-in is started with.'),
          title: shown({ max: 100 }).describe('What a button says.'),
        }),
      )
      .max(50),
  })
  .meta({
    id: 'Providers',
    description: 'The identity providers that people sign in with here.',
    examples: [{ items: [{ name: 'google', title: 'Google' }] }],
  });

const RedirectTo = z
  .string()
  .min(1)
  .max(2000)
  .describe('Where to come back to: one of `SIGN_IN_REDIRECTS`, with any query.')
  .optional();

export const ProviderStart = z
  .strictObject({ provider: ProviderName, redirectTo: RedirectTo, delivery: Delivery })
  .meta({
    id: 'ProviderStart',
    description: 'Who is asked, where to come back to, and how the session is delivered.',
    ...bothDeliveries({ provider: 'google', redirectTo: 'https://app.example.com/signed-in' }),
  });
export type ProviderStart = z.output<typeof ProviderStart>;

export const LinkStart = z.strictObject({ provider: ProviderName, redirectTo: RedirectTo }).meta({
  id: 'LinkStart',
  description: 'Who is asked, and where to come back to.',
  examples: [{ provider: 'google', redirectTo: 'https://app.example.com/signed-in' }],
});
export type LinkStart = z.output<typeof LinkStart>;

const exampleStarted = {
  url: 'https://accounts.google.com/o/oauth2/v2/auth?client_id=charter&response_type=code',
  expiresInSeconds: 600,
};

export const ProviderStarted = z
  .object({
    url: shown({ max: 8000 }).describe('Where to send the browser.'),
    binding: shown({ max: 200 })
      .optional()
      .describe('For programs that hold tokens: to be kept, and given with the code.'),
    expiresInSeconds: z.int().min(1).describe('How long the provider may take.'),
  })
  .meta({
    id: 'ProviderStarted',
    description: 'The person goes to the provider now.',
    examples: [exampleStarted, { ...exampleStarted, binding: exampleBinding }],
    exampleNames: ['cookie', 'tokens'],
  });

/** What a provider sends back (RFC 6749, 4.1.2). Whatever else it sends is not looked at. */
const CallbackQuery = z.object({
  state: z
    .string()
    .min(1)
    .max(512)
    .meta({ description: 'Which sign-in comes back.', examples: [exampleCode] }),
  code: z.string().min(1).max(4096).optional().describe('Where the provider has proven somebody.'),
  iss: z.string().min(1).max(2000).optional().describe('Which provider answers (RFC 9207).'),
  error: z.string().min(1).max(200).optional().describe('Where it has not.'),
});
export type CallbackQuery = z.output<typeof CallbackQuery>;

export const ProviderCode = z.strictObject({ code: Code, binding: Binding.optional() }).meta({
  id: 'ProviderCode',
  description: 'What came back, and what shows that it is the same browser or program.',
  examples: [{ code: exampleCode, binding: exampleBinding }],
});
export type ProviderCode = z.output<typeof ProviderCode>;

export const ProviderLogout = z
  .strictObject({
    redirectTo: z
      .string()
      .min(1)
      .max(2000)
      .describe('Where the provider leads back to: one of `SIGN_OUT_REDIRECTS`, to the letter.')
      .optional(),
    state: z
      .string()
      .min(1)
      .max(200)
      .describe('Comes back with the browser, as `state`.')
      .optional(),
  })
  .meta({
    id: 'ProviderLogout',
    description: 'Where to come back to from the provider.',
    examples: [{ redirectTo: 'https://app.example.com/signed-out', state: 'orders' }],
  });
export type ProviderLogout = z.output<typeof ProviderLogout>;

export const ProviderLoggedOut = z
  .object({
    url: shown({ max: 16_000 })
      .nullable()
      .describe('Where to send the browser; null where there is nothing to sign out from.'),
  })
  .meta({
    id: 'ProviderLoggedOut',
    description: 'Signed out here, and where to sign out at the provider.',
    examples: [{ url: 'https://id.acme.example/logout?client_id=charter' }],
  });

/** OpenID Connect Back-Channel Logout 1.0, 2.5. Whatever else comes with it is not looked at. */
export const LogoutNotice = z
  .object({
    logout_token: z
      .string()
      .min(1)
      .max(32_768)
      .describe('A JWT of the provider that says whose session has ended.'),
  })
  .meta({
    id: 'LogoutNotice',
    description: 'What a provider posts when a session there has ended.',
    examples: [{ logout_token: exampleLogoutToken }],
  });

export const LogoutNoted = z.object({}).meta({
  id: 'LogoutNoted',
  description: 'What began from that session has ended, or there was nothing.',
  examples: [{}],
});

const linking = { recentLogin: true, exact: true } as const;

export const oidc = c.router(
  {
    providers: {
      method: 'GET',
      path: '/providers',
      summary: 'List the identity providers',
      description: 'With whom people can sign in here. Empty where none is configured.',
      responses: { 200: Providers },
      // It changes with the configuration.
      metadata: {
        graphql: { field: 'providers' },
        access: anyone,
        cache: { by: 'anybody', seconds: 60, staleIfErrorSeconds: 86_400 },
      },
    },
    start: {
      method: 'POST',
      path: '/oidc/start',
      summary: 'Begin to sign in with a provider',
      description:
        'Answers where to send the browser. It comes back to `redirectTo` with a `code` in the fragment, or an `error`: `access_denied`, `sign_in_expired` or `provider_failed`.',
      body: ProviderStart,
      responses: { 200: ProviderStarted },
      metadata: {
        access: anyone,
        problems: ['provider_failed'],
        sends: ['Set-Cookie'],
        limit: 'credentials',
      },
    },
    callback: {
      method: 'GET',
      path: '/oidc/callback/:provider',
      summary: 'Come back from a provider',
      description:
        'Where a provider sends the browser. It signs nobody in: it leads back to where the sign-in began, with a code for `POST /auth/oidc/exchange`.',
      pathParams: z.object({ provider: ProviderName }),
      query: CallbackQuery,
      responses: { 303: c.noBody() },
      metadata: { access: anyone, sends: ['Location'], limit: 'credentials' },
    },
    exchange: {
      method: 'POST',
      path: '/oidc/exchange',
      summary: 'Sign in with the code of a provider',
      description:
        'Starts a session for whom the provider has proven, or asks for the second factor first (202). Somebody new gets an account where sign-up is open. 409 `identity_not_linked` where the address belongs to an account: whoever signs in to that another way can link the identity with the same code, within ten minutes.',
      body: ProviderCode,
      responses: { 200: SignedIn, 202: SecondFactorNeeded },
      metadata: {
        access: anyone,
        problems: [
          'invalid_link',
          'account_disabled',
          'email_unverified',
          'sign_up_closed',
          'identity_not_linked',
          'email_taken',
        ],
        credentials: 'keep',
        sends: ['Set-Cookie'],
        limit: 'credentials',
      },
    },
    logout: {
      method: 'POST',
      path: '/oidc/logout',
      summary: 'Sign out here and at the provider',
      description:
        'Ends the session of this request, as `POST /auth/logout` does, and answers where to send the browser to sign out at the provider as well. `url` is null for a session that began another way, and where the provider offers no sign-out or does not answer.',
      body: ProviderLogout,
      responses: { 200: ProviderLoggedOut },
      metadata: {
        access: signedIn({ beforeSecondFactor: true }),
        idempotency: 'none',
        credentials: 'forget',
        sends: ['Set-Cookie'],
      },
    },
    backChannelLogout: {
      method: 'POST',
      path: '/oidc/back-channel-logout/:provider',
      contentType: 'application/x-www-form-urlencoded',
      summary: 'Hear that a session at a provider has ended',
      description:
        'Where a provider tells that somebody has signed out there (OpenID Connect Back-Channel Logout 1.0): every session that began from it ends. 200 also where there is none. Refusals are those of RFC 6749.',
      pathParams: z.object({ provider: ProviderName }),
      body: LogoutNotice,
      responses: { 200: LogoutNoted },
      metadata: {
        access: anyone,
        problems: ['invalid_logout_token'],
        errors: 'oauth',
        safety: true,
      },
    },
    startLink: {
      method: 'POST',
      path: '/oidc/link/start',
      summary: 'Begin to link an identity',
      description:
        'As the start of a sign-in, for somebody who is signed in: what comes back is linked to the own account.',
      body: LinkStart,
      responses: { 200: ProviderStarted },
      metadata: {
        access: signedIn(linking),
        idempotency: 'none',
        problems: ['provider_failed'],
        safety: true,
        sends: ['Set-Cookie'],
        limit: 'credentials',
      },
    },
    link: {
      method: 'POST',
      path: '/oidc/link',
      summary: 'Link an identity',
      description:
        'Links what the provider has proven to the own account: from now on it signs in by it, too. The owner is told by mail.',
      body: ProviderCode,
      responses: { 200: Identity },
      metadata: {
        access: signedIn(linking),
        idempotency: 'none',
        problems: ['invalid_link', 'identity_taken', 'too_many_identities'],
        safety: true,
        limit: 'credentials',
      },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/auth`),
);
