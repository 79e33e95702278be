import { createHash, randomBytes } from 'node:crypto';
import {
  type AuthorizationRequest,
  type IdentityProvider,
  type IdentityProviders,
  type ProvenIdentity,
  type ProviderCallback,
  ProviderError,
  type ProviderFailure,
} from '../../server/platform/identity-providers/identity-provider.ts';

/** What a test says of somebody at the provider; the rest is as usual. */
export type Somebody = Partial<Omit<ProvenIdentity, 'tokens'>>;

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
  readonly #codes = new Map<string, Asked>();

  constructor(name: string, title: string) {
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

  #identityOf(somebody: Somebody): ProvenIdentity {
    const subject = randomBytes(8).toString('hex');
    return {
      issuer: `https://${this.name}.example`,
      subject,
      email: `${subject}@example.com`,
      isEmailVerified: true,
      profile: {},
      tokens: {},
      ...somebody,
    };
  }

  #fail(): void {
    if (this.failure) throw new ProviderError(this.failure, 'As the test has it');
  }
}

/** The providers of a test app. */
export class FakeProviders implements IdentityProviders {
  readonly google = new FakeProvider('google', 'Google');
  readonly acme = new FakeProvider('acme', 'Acme');

  list() {
    return [this.google, this.acme];
  }

  find(name: string): FakeProvider | undefined {
    return this.list().find((provider) => provider.name === name);
  }
}
