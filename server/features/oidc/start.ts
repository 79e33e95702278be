import { randomUUIDv7 } from 'node:crypto';
import type { LinkStart, ProviderStart } from '../../../contract/oidc.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { minuteSeconds, secondsAfter } from '../../platform/clock.ts';
import type { IdentityProvider } from '../../platform/identity-providers/identity-provider.ts';
import { ProviderError } from '../../platform/identity-providers/identity-provider.ts';
import { invalidInput, problem } from '../../platform/problem-error.ts';
import { callbackOf } from './callback.ts';
import type { Caller, OidcContext } from './context.ts';
import { newSecret, sha256 } from './hashes.ts';
import { aboutVerifier, type Intent, ProviderSignIn } from './model.ts';

/** How long somebody may take at the provider. */
export const signInSeconds = 10 * minuteSeconds;

export interface Started {
  readonly url: string;
  readonly binding: string | undefined;
  readonly cookie: string | undefined;
  readonly expiresInSeconds: number;
}

/** Begins to sign in with a provider: answers where to go. */
export async function start(
  context: OidcContext,
  { delivery, ...where }: ProviderStart,
  caller: Caller,
): Promise<Started> {
  return begin(context, where, { intent: 'sign_in', delivery, caller });
}

/** The same for somebody who is signed in: what comes back is linked to the own account. */
export async function startLink(
  context: OidcContext,
  actor: Actor,
  where: LinkStart,
  caller: Caller,
): Promise<Started> {
  const delivery = actor.via === 'cookie' ? 'cookie' : 'tokens';
  return begin(context, where, { intent: 'link', delivery, caller, actor });
}

interface Beginning {
  readonly intent: Intent;
  readonly delivery: ProviderStart['delivery'];
  readonly caller: Caller;
  readonly actor?: Actor;
}

async function begin(
  context: OidcContext,
  { provider: name, redirectTo }: LinkStart,
  { intent, delivery, caller, actor }: Beginning,
): Promise<Started> {
  const { change, secretKeys, config } = context;
  const provider = context.identityProviders.find(name);
  if (!provider) throw noSuchProvider();
  const redirect = context.redirects.assertAllowed(redirectTo);
  const [state, nonce, verifier] = [newSecret(), newSecret(), newSecret()];
  const url = await addressOf(context, provider, {
    redirectUri: callbackOf(config, name),
    ...{ state, nonce },
    // PKCE S256 (RFC 7636, 4.2).
    codeChallenge: sha256(verifier),
  });
  const bound = context.binding.begin(delivery, caller.presented);
  await change(actor, async (tx) => {
    const id = randomUUIDv7();
    await ProviderSignIn.query(tx).insert({
      id,
      stateHash: sha256(state),
      provider: name,
      sealedVerifier: secretKeys.seal(verifier, aboutVerifier(id)),
      bindingHash: bound.hash,
      redirectTo: redirect,
      userId: actor?.id ?? null,
      ...{ nonce, intent, delivery },
      createdAt: tx.now,
      expiresAt: secondsAfter(tx.now, signInSeconds),
    });
    const changed = ['providerSignIn'];
    await tx.audit(actor ? { target: { type: 'user', id: actor.id }, changed } : { changed });
  });
  const { secret: binding, cookie } = bound;
  return { url: url.href, binding, cookie, expiresInSeconds: signInSeconds };
}

type Request = Parameters<IdentityProvider['authorizationUrl']>[0];

async function addressOf(
  { telemetry }: OidcContext,
  provider: IdentityProvider,
  request: Request,
): Promise<URL> {
  try {
    return await provider.authorizationUrl(request);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    telemetry.signIns.count(provider.name, error.failure === 'refused' ? 'denied' : error.failure);
    throw problem('provider_failed', { cause: error });
  }
}

function noSuchProvider() {
  return invalidInput({
    in: 'body',
    path: 'provider',
    code: 'not_listed',
    message: 'No such identity provider is configured',
  });
}
