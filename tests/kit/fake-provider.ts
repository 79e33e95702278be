import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { ProviderUpkeep } from '../../server/config/provider-upkeep.ts';
import { type Clock, secondsAfter } from '../../server/platform/clock.ts';
import {
  type AuthorizationRequest,
  type IdentityProvider,
  type IdentityProviders,
  type LogoutNotice,
  type LogoutRequest,
  type ProvenIdentity,
  type ProviderCallback,
  ProviderError,
  type ProviderFailure,
  type ProviderProfile,
  type ProviderTokens,
  type ReadProfile,
} from '../../server/platform/identity-providers/identity-provider.ts';

/** What a test says of somebody at the provider; the rest is as usual. */
export type Somebody = Partial<ProvenIdentity> & { readonly idToken?: string };

interface Asked extends AuthorizationRequest {
  readonly identity: ProvenIdentity;
}

/**
 * An identity provider without a network, which keeps to the protocol: a code is good once, for the
 * verifier of its challenge. Signing in at the real one is a test of its own.
 */
export class FakeProvider implements IdentityProvider {
  readonly name: string;
  readonly title: string;
  /** What it fails with, while it does. */
  failure: ProviderFailure | undefined;
  /** Whether people can sign out there. */
  offersLogout = true;
  readonly #clock: Clock;
  /** What its tokens are kept for. */
  upkeep?: ProviderUpkeep;
  /** What it tells of people by now, by their subject. */
  readonly people = new Map<string, ProviderProfile>();
  /** The refresh tokens that came, in their order. Each is taken once. */
  readonly refreshed: string[] = [];
  readonly revoked: ProviderTokens[] = [];
  readonly #codes = new Map<string, Asked>();

  constructor(name: string, title: string, clock: Clock) {
    this.#clock = clock;
    this.name = name;
    this.title = title;
  }

  async authorizationUrl(request: AuthorizationRequest): Promise<URL> {
    this.#fail();
    const url = new URL(`https://${this.name}.example/authorize`);
    const { redirectUri, state, nonce, codeChallenge } = request;
    const query = { redirect_uri: redirectUri, state, nonce, code_challenge: codeChallenge };
    url.search = String(new URLSearchParams(query));
    return url;
  }

  /** Somebody signs in there; where the provider sends them. */
  signIn(authorizationUrl: string, somebody: Somebody = {}): URL {
    const { searchParams } = new URL(authorizationUrl);
    const asked = (name: string) => searchParams.get(name) ?? '';
    const code = randomBytes(16).toString('base64url');
    const [state, redirectUri] = [asked('state'), asked('redirect_uri')];
    this.#codes.set(code, {
      ...{ state, redirectUri, nonce: asked('nonce'), codeChallenge: asked('code_challenge') },
      identity: this.#identityOf(somebody),
    });
    const back = new URL(redirectUri);
    back.search = String(new URLSearchParams({ code, state, session_state: 'ignored' }));
    return back;
  }

  async redeem({ url, verifier, nonce, state }: ProviderCallback): Promise<ProvenIdentity> {
    this.#fail();
    if (url.searchParams.has('error')) throw new ProviderError('refused', 'access_denied');
    const code = url.searchParams.get('code') ?? '';
    const asked = this.#codes.get(code);
    this.#codes.delete(code);
    const challenge = createHash('sha256').update(verifier).digest('base64url');
    const isGood =
      asked?.nonce === nonce && asked.codeChallenge === challenge && asked.state === state;
    if (!isGood) throw new ProviderError('invalid_answer', 'No such code');
    return asked.identity;
  }

  async logoutUrl({ idToken, returnTo, state }: LogoutRequest): Promise<URL | undefined> {
    this.#fail();
    if (!this.offersLogout) return undefined;
    const url = new URL(`https://${this.name}.example/logout`);
    const query = { id_token_hint: idToken, post_logout_redirect_uri: returnTo, state };
    const given = Object.entries(query).filter(([, value]) => value !== undefined);
    url.search = String(new URLSearchParams(given as [string, string][]));
    return url;
  }

  /** What it posts when a session there has ended. Nobody signs it: the real ones have tests. */
  logoutToken({ subject: sub, sid }: Pick<Somebody, 'subject' | 'sid'>): string {
    const claims = JSON.stringify({ sub, sid, jti: randomUUID() });
    return `e30.${Buffer.from(claims).toString('base64url')}.c2lnbmF0dXJl`;
  }

  async verifyLogoutToken(token: string): Promise<LogoutNotice> {
    this.#fail();
    const { sub: subject, sid, jti: tokenId } = claimsIn(token);
    if (!tokenId) throw new ProviderError('invalid_answer', 'No logout token');
    return {
      issuer: `https://${this.name}.example`,
      ...(subject !== undefined && { subject }),
      ...(sid !== undefined && { sid }),
      ...{ tokenId, expiresAt: secondsAfter(this.#clock.now(), 120) },
    };
  }

  async refresh(refreshToken: string): Promise<ProviderTokens> {
    this.#fail();
    const isVoid = this.refreshed.includes(refreshToken);
    this.refreshed.push(refreshToken);
    if (isVoid) throw new ProviderError('refused', 'invalid_grant');
    return { accessToken: newToken(), refreshToken: newToken() };
  }

  async readProfile(_accessToken: string, subject: string): Promise<ReadProfile> {
    this.#fail();
    const profile = this.people.get(subject) ?? {};
    return { email: 'another@example.com', isEmailVerified: true, profile };
  }

  async revoke(tokens: ProviderTokens): Promise<boolean> {
    this.#fail();
    this.revoked.push(tokens);
    return true;
  }

  async rediscover(): Promise<void> {
    this.#fail();
  }

  #identityOf({ idToken, ...somebody }: Somebody): ProvenIdentity {
    const subject = randomBytes(8).toString('hex');
    return {
      issuer: `https://${this.name}.example`,
      subject,
      email: `${subject}@example.com`,
      isEmailVerified: true,
      profile: {},
      tokens: idToken === undefined ? {} : { idToken },
      ...somebody,
    };
  }

  #fail(): void {
    if (this.failure) throw new ProviderError(this.failure, 'As the test has it');
  }
}

export function newToken(): string {
  return randomBytes(16).toString('base64url');
}

/** The providers of a test app. */
export class FakeProviders implements IdentityProviders {
  readonly google: FakeProvider;
  readonly acme: FakeProvider;

  constructor(clock: Clock) {
    this.google = new FakeProvider('google', 'Google', clock);
    this.acme = new FakeProvider('acme', 'Acme', clock);
  }

  list() {
    return [this.google, this.acme];
  }

  silent() {
    return [];
  }

  find(name: string): FakeProvider | undefined {
    return this.list().find((provider) => provider.name === name);
  }
}

function claimsIn(token: string): Readonly<Record<string, string>> {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  } catch {
    return {};
  }
}
