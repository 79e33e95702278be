import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Clock } from '../../server/platform/clock.ts';
import { type Fields, hashOf, type TokenLies, TokenMaker, without } from './lying-tokens.ts';

/** How an endpoint answers instead of as it should; what has no end ends with the provider. */
export type Manner =
  | 'hangs'
  | 'drips'
  | 'never ends'
  | 'hangs up'
  | { readonly status: number; readonly body?: string; readonly location?: string };

/** What is untrue. Fields replace the true ones; undefined ones are left out. */
export interface Lies extends TokenLies {
  readonly tokens?: Fields;
  readonly userInfo?: Fields;
  readonly discovery?: Fields;
  readonly keySet?: Fields;
  /** What the browser brings back. */
  readonly callback?: Fields;
  readonly at?: Readonly<Partial<Record<Path, Manner>>>;
}

export type Path = keyof typeof paths;

const paths = {
  discovery: '/.well-known/openid-configuration',
  keys: '/keys',
  token: '/token',
  userInfo: '/userinfo',
  revocation: '/revoke',
} as const;

const clientId = 'charter';

/** A provider that says what a test wants, of somebody called `ada`; a code is its nonce. */
export interface LyingProvider {
  readonly issuer: string;
  readonly clientId: string;
  /** As the settings take it. */
  readonly settings: Readonly<Record<string, string>>;
  /** How often it was asked there. */
  asked(path: Path): number;
  /** What it was asked there last. */
  lastForm(path: Path): URLSearchParams;
  /** From now on, instead of all before. */
  lie(lies: Lies): void;
  /** The secrets that it takes from now on; at first it takes any. */
  takeSecrets(secrets: readonly string[]): void;
  rotate(): void;
  /** Where a browser is sent back to, that was sent here. */
  signIn(url: URL): URL;
  logoutToken(lies?: TokenLies): Promise<string>;
  close(): Promise<void>;
}

interface Asked {
  readonly path: Path;
  readonly form: URLSearchParams;
}

/** It lives by the clock of whoever is lied to: another one would be a lie that nobody told it. */
export async function startLiar(clock: Clock): Promise<LyingProvider> {
  const server = createServer();
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const maker = new TokenMaker();
  const asked: Asked[] = [];
  let lies: Lies = {};
  let secrets: readonly string[] | undefined;

  const seconds = () => Math.floor(clock.now().getTime() / 1000);
  const common = () => ({ iss: issuer, aud: clientId, sub: 'ada', iat: seconds() });

  const tokens = async (form: URLSearchParams) => {
    if (secrets && !secrets.includes(form.get('client_secret') ?? '')) {
      return { status: 401, body: { error: 'invalid_client' } };
    }
    const access = `access-${randomUUID()}`;
    const claims = {
      ...{ ...common(), exp: seconds() + 3_600, nonce: form.get('code') ?? undefined },
      ...{ email: 'ada@example.com', email_verified: true, name: 'Ada', at_hash: hashOf(access) },
    };
    const body = {
      ...{ access_token: access, token_type: 'Bearer', expires_in: 300 },
      ...{ refresh_token: `refresh-${randomUUID()}`, id_token: await maker.make(claims, lies) },
    };
    return { status: 200, body: without(undefined, { ...body, ...lies.tokens }) };
  };

  const said: Record<Path, (form: URLSearchParams) => object | Promise<object>> = {
    discovery: () => ({
      issuer,
      authorization_endpoint: `${issuer}/authorize`,
      token_endpoint: issuer + paths.token,
      jwks_uri: issuer + paths.keys,
      userinfo_endpoint: issuer + paths.userInfo,
      revocation_endpoint: issuer + paths.revocation,
      end_session_endpoint: `${issuer}/logout`,
      token_endpoint_auth_methods_supported: ['client_secret_post'],
      id_token_signing_alg_values_supported: ['ES256', 'HS256', 'none'],
      authorization_response_iss_parameter_supported: true,
      ...lies.discovery,
    }),
    keys: async () => ({ keys: await maker.published(), ...lies.keySet }),
    token: tokens,
    userInfo: () => ({
      sub: 'ada',
      email: 'ada@example.com',
      email_verified: true,
      ...lies.userInfo,
    }),
    revocation: () => ({}),
  };

  const answer = async (req: IncomingMessage, res: ServerResponse) => {
    const found = Object.entries(paths).find(([, path]) => path === req.url?.split('?')[0]);
    const path = (found?.[0] ?? 'discovery') as Path;
    const form = new URLSearchParams(await text(req));
    asked.push({ path, form });
    const manner = lies.at?.[path];
    if (manner !== undefined) return misbehave(manner, res);
    const reply = await said[path](form);
    const { status, body } = path === 'token' ? (reply as Reply) : { status: 200, body: reply };
    res.writeHead(status, { 'content-type': 'application/json' });
    res.end(JSON.stringify(body));
  };
  server.on('request', (req, res) => void answer(req, res));

  return {
    ...{ issuer, clientId },
    settings: {
      IDENTITY_PROVIDERS: JSON.stringify({
        liar: { issuer, clientId, allowHttp: true, allowPrivateNetwork: true },
      }),
      IDENTITY_PROVIDER_SECRETS: 'liar=the-secret-of-a-client-of-the-test',
    },
    asked: (path) => asked.filter((one) => one.path === path).length,
    lastForm: (path) => asked.findLast((one) => one.path === path)?.form ?? new URLSearchParams(),
    lie: (told) => {
      lies = told;
    },
    takeSecrets: (taken) => {
      secrets = taken;
    },
    rotate: () => maker.rotate(),
    signIn: (url) => {
      const given = (name: string) => url.searchParams.get(name) ?? undefined;
      const query = { code: given('nonce'), state: given('state'), iss: issuer, ...lies.callback };
      const back = new URL(given('redirect_uri') ?? '');
      back.search = new URLSearchParams(
        without(undefined, query) as Record<string, string>,
      ).toString();
      return back;
    },
    logoutToken: (told) => {
      const events = { 'http://schemas.openid.net/event/backchannel-logout': {} };
      const claims = { ...common(), exp: seconds() + 3_600, jti: randomUUID(), events };
      const typed = { typ: 'logout+jwt', ...told?.header };
      return maker.make({ ...claims, sid: 'a-session' }, { ...told, header: typed });
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

interface Reply {
  readonly status: number;
  readonly body: object;
}

function misbehave(manner: Manner, res: ServerResponse): void {
  if (manner === 'hangs') return;
  if (manner === 'hangs up') {
    res.destroy();
  } else if (manner === 'drips' || manner === 'never ends') {
    res.writeHead(200, { 'content-type': 'application/json' });
    const dripping = manner === 'drips' ? setInterval(() => res.write(' '), 10) : undefined;
    const pour = () => {
      while (!res.destroyed && res.write(' '.repeat(65_536)));
    };
    res.on('close', () => clearInterval(dripping));
    if (!dripping) res.on('drain', pour);
    if (!dripping) pour();
  } else {
    const { status, body = '', location } = manner;
    res.writeHead(status, { 'content-type': 'application/json', ...(location && { location }) });
    res.end(body);
  }
}
