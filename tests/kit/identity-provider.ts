import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { exportJWK, generateKeyPair } from 'jose';
import { createMemoryAdapter } from 'oidc-provider/lib/adapters/memory_adapter.js';
import { type Context, Provider } from 'oidc-provider/lib/provider.js';
import type { TestClock } from './clock.ts';

export interface Person {
  readonly email?: string;
  readonly emailVerified?: boolean;
  readonly name?: string;
}

export interface ProviderOptions {
  /** Any that is free when left out. */
  readonly port?: number;
  /** Where browsers may be sent back to. */
  readonly redirectUris: readonly string[];
  readonly returnUris?: readonly string[];
  /** Where it tells that a session has ended. */
  readonly backchannelUri?: string;
  /** Where that is on this machine. */
  readonly reach?: (url: string) => string;
  /** The provider lives in real time; a clock that stands still has to come along. */
  readonly clock?: Pick<TestClock, 'catchUp'>;
  /** Who can sign in there, each by the subject. */
  readonly people?: Readonly<Record<string, Person>>;
  /** More of what the settings declare of it. */
  readonly declared?: object;
}

export interface TestProvider {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Which secrets of ours it takes, as it is told by whoever makes and removes them there. */
  takes(...secrets: readonly string[]): void;
  /** As the settings take it. */
  readonly settings: Readonly<Record<string, string>>;
  /** Goes where a browser would, and answers the address that it is sent back to. */
  signIn(url: URL | string, subject: string): Promise<URL>;
  /** Goes there with the browser that has signed in last, and says yes. */
  signOut(url: URL | string): Promise<URL>;
  close(): Promise<void>;
}

const clientId = 'charter';
const clientSecret = 'the-secret-of-a-client-of-the-test';

/** A real provider of OpenID Connect on this machine. Its sign-in page has a button for each person. */
export async function startProvider(options: ProviderOptions): Promise<TestProvider> {
  const { people = { ada: { email: 'ada@example.com', emailVerified: true, name: 'Ada' } } } =
    options;
  const server = createServer();
  await once(server.listen(options.port ?? 0, '127.0.0.1'), 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, await configuration(options, people));
  const standard = provider.callback();
  let browser: Browser = new Map();
  let taken: readonly string[] = [clientSecret];
  provider.Client.prototype.compareClientSecret = (secret) => taken.includes(secret);
  server.on('request', (req, res) => {
    options.clock?.catchUp();
    if (req.url === '/favicon.ico') res.writeHead(204).end();
    else if (req.url?.startsWith('/interaction/')) void ask(provider, people, req, res);
    else standard(req, res);
  });
  return {
    ...{ issuer, clientId, clientSecret },
    takes: (...secrets) => {
      taken = secrets;
    },
    settings: {
      IDENTITY_PROVIDERS: JSON.stringify({
        acme: {
          ...{ issuer, clientId, title: 'Acme', scopes: ['openid', 'email', 'profile'] },
          ...{ allowHttp: true, allowPrivateNetwork: true, ...options.declared },
        },
      }),
      IDENTITY_PROVIDER_SECRETS: `acme=${clientSecret}`,
    },
    signIn: (url, subject) => {
      browser = new Map();
      return signIn(browser, issuer, String(url), subject);
    },
    signOut: (url) => signOut(browser, issuer, String(url)),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function configuration(
  { redirectUris, returnUris = [], backchannelUri, reach = (url) => url }: ProviderOptions,
  people: Readonly<Record<string, Person>>,
) {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), alg: 'ES256', use: 'sig', kid: randomUUID() };
  return {
    adapter: createMemoryAdapter(),
    ttl: {
      ...{ Interaction: 3_600, Session: 86_400, Grant: 86_400 },
      ...{ AccessToken: 3_600, RefreshToken: 86_400, IdToken: 3_600 },
    },
    jwks: { keys: [key] },
    cookies: { keys: ['a key of the test'] },
    clients: [
      {
        ...{ client_id: clientId, client_secret: clientSecret },
        token_endpoint_auth_method: 'client_secret_post',
        id_token_signed_response_alg: 'ES256',
        grant_types: ['authorization_code', 'refresh_token'],
        redirect_uris: redirectUris,
        post_logout_redirect_uris: returnUris,
        ...(backchannelUri && {
          backchannel_logout_uri: backchannelUri,
          backchannel_logout_session_required: true,
        }),
      },
    ],
    claims: {
      ...{ iss: null, sid: null, auth_time: null, acr: null },
      openid: ['sub', 'amr'],
      email: ['email', 'email_verified'],
      profile: ['name', 'preferred_username', 'locale'],
    },
    features: {
      devInteractions: { enabled: false },
      revocation: { enabled: true, allowedPolicy: async () => true },
      backchannelLogout: { enabled: true },
      // Its own page fetches a font from elsewhere.
      rpInitiatedLogout: { logoutSource: askToLeave },
    },
    interactions: { url: (_: Context, { uid }: { uid: string }) => `/interaction/${uid}` },
    // Whoever signs in agrees: consent is a matter between them and the provider.
    loadExistingGrant: async (context: Context & { oidc: { provider: Provider } }) => {
      const { client, session, provider } = context.oidc;
      const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid email profile offline_access');
      await grant.save();
      return grant;
    },
    issueRefreshToken: async () => true,
    rotateRefreshToken: true,
    findAccount: async (_: Context, subject: string) => ({
      accountId: subject,
      claims: async () => ({ sub: subject, ...claimsOf(people[subject] ?? {}) }),
    }),
    // Its own refuses to talk to this machine.
    fetch: (url: string, init: RequestInit) =>
      fetch(reach(url), Object.assign({ ...init }, { dispatcher: undefined })),
  };
}

function claimsOf({ email, emailVerified, name }: Person): object {
  return { email, email_verified: emailVerified, name };
}

/** The page where people sign in: who they are is what they say. */
async function ask(
  provider: Provider,
  people: Readonly<Record<string, Person>>,
  req: IncomingMessage,
  res: ServerResponse,
): Promise<void> {
  if (req.method === 'POST') {
    const accountId = new URLSearchParams(await text(req)).get('person');
    const denied = { error: 'access_denied', error_description: 'The person said no.' };
    const result = accountId ? { login: { accountId, amr: ['pwd'] } } : denied;
    await provider.interactionFinished(req, res, result);
    return;
  }
  const buttons = ['', ...Object.keys(people)].map(
    (person) => `<button name="person" value="${person}">${person || 'Cancel'}</button>`,
  );
  res.setHeader('content-type', 'text/html; charset=utf-8');
  res.end(`<!doctype html><title>Sign in</title><form method="post">${buttons.join('')}</form>`);
}

/** The page where people sign out. */
async function askToLeave(context: Context, form: string): Promise<void> {
  const button = `<button form="op.logoutForm" name="logout" value="yes">Sign out</button>`;
  context.body = `<!doctype html><title>Sign out</title>${form}${button}`;
}

/** The cookies of one. */
type Browser = Map<string, string>;

async function visit(browser: Browser, url: URL, form?: Record<string, string>): Promise<Response> {
  const response = await fetch(url, {
    redirect: 'manual',
    headers: { cookie: [...browser].map((pair) => pair.join('=')).join('; ') },
    ...(form && { method: 'POST', body: new URLSearchParams(form) }),
  });
  for (const cookie of response.headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
    browser.set(name, value);
  }
  return response;
}

async function ledTo(response: Response, from: URL): Promise<URL> {
  const location = response.headers.get('location');
  if (location) return new URL(location, from);
  throw new Error(`${from.pathname}: ${response.status} ${await response.text()}`);
}

async function signIn(
  browser: Browser,
  issuer: string,
  start: string,
  subject: string,
): Promise<URL> {
  let url = new URL(start);
  while (url.origin === issuer) {
    const isPage = url.pathname.startsWith('/interaction/');
    url = await ledTo(await visit(browser, url, isPage ? { person: subject } : undefined), url);
  }
  return url;
}

async function signOut(browser: Browser, issuer: string, start: string): Promise<URL> {
  const url = new URL(start);
  const page = await (await visit(browser, url)).text();
  const [, action = ''] = /action="([^"]+)"/.exec(page) ?? [];
  const [, xsrf = ''] = /name="xsrf" value="([^"]+)"/.exec(page) ?? [];
  const confirmed = new URL(action, issuer);
  return ledTo(await visit(browser, confirmed, { xsrf, logout: 'yes' }), confirmed);
}
