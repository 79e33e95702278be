import { apiPrefix } from '../../../contract/kit/api.ts';
import type { CallbackQuery } from '../../../contract/oidc.ts';
import type { Config } from '../../config/config.ts';
import {
  type IdentityProvider,
  type ProvenIdentity,
  ProviderError,
} from '../../platform/identity-providers/identity-provider.ts';
import type { SignInOutcome } from '../../platform/observability/sign-in-metrics.ts';
import { problem } from '../../platform/problem-error.ts';
import type { Caller, OidcContext } from './context.ts';
import { sha256 } from './hashes.ts';
import { aboutVerifier, ProviderSignIn } from './model.ts';

/** What a frontend is told where nothing came of it. The words of a provider go to the log alone. */
type Failure = 'access_denied' | 'sign_in_expired' | 'provider_failed';

/** Where a provider sends the browser: made from configuration, never from a request. */
export function callbackOf({ http }: Pick<Config, 'http'>, provider: string): string {
  return `${http.publicUrl}${apiPrefix}/auth/oidc/callback/${provider}`;
}

/**
 * The way back from a provider: answers where the browser goes on. It signs nobody in, and proves
 * nothing to whoever did not begin: it leaves a code, good for the browser or program that did.
 */
export async function callback(
  context: OidcContext,
  name: string,
  query: CallbackQuery,
  caller: Caller,
): Promise<string> {
  const { redirects, telemetry } = context;
  const provider = context.identityProviders.find(name);
  if (!provider) throw problem('not_found', { detail: 'There is no such provider.' });
  const begun = await take(context, name, query.state);
  if (!begun || !context.binding.isBrowserOf(begun, caller.presented)) {
    telemetry.signIns.count(name, 'expired');
    await note(context, begun, 'sign_in_expired');
    return redirects.withResult(begun?.redirectTo, { error: 'sign_in_expired' satisfies Failure });
  }
  const outcome = await redeem(context, provider, begun, query);
  if (typeof outcome === 'string') {
    telemetry.signIns.count(name, outcome);
    const error = failures[outcome];
    await note(context, begun, error);
    return redirects.withResult(begun.redirectTo, { error });
  }
  const code = await context.change(undefined, async (tx) => {
    await tx.audit({ target: targetOf(begun), changed: ['provenIdentity'] });
    return context.proven.keep(tx, begun, outcome);
  });
  return redirects.withResult(begun.redirectTo, { code });
}

/** Uses the sign-in up, whatever becomes of it: of two with one state, one goes on. */
async function take(
  { db, clock }: OidcContext,
  provider: string,
  state: string,
): Promise<ProviderSignIn | undefined> {
  const [begun] = await ProviderSignIn.query(db)
    .delete()
    .where({ stateHash: sha256(state) })
    .returning('*');
  // One that was begun with another provider is a mix-up (RFC 9700, 4.4), and used up as well.
  const isGood = begun?.provider === provider && begun.expiresAt > clock.now();
  return isGood ? begun : undefined;
}

const outcomes = {
  refused: 'denied',
  unreachable: 'unreachable',
  invalid_answer: 'invalid_answer',
} as const satisfies Record<ProviderError['failure'], SignInOutcome>;

const failures = {
  denied: 'access_denied',
  unreachable: 'provider_failed',
  invalid_answer: 'provider_failed',
} as const satisfies Record<string, Failure>;

async function redeem(
  { config, secretKeys }: OidcContext,
  provider: IdentityProvider,
  { id, nonce, sealedVerifier }: ProviderSignIn,
  query: CallbackQuery,
): Promise<ProvenIdentity | keyof typeof failures> {
  const redirectUri = callbackOf(config, provider.name);
  const url = new URL(redirectUri);
  for (const [key, value] of Object.entries(query)) url.searchParams.set(key, value);
  const verifier = secretKeys.open(sealedVerifier, aboutVerifier(id));
  try {
    return await provider.redeem({ url, redirectUri, state: query.state, nonce, verifier });
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return outcomes[error.failure];
  }
}

async function note(
  { audit }: OidcContext,
  begun: ProviderSignIn | undefined,
  reason: Failure,
): Promise<void> {
  await audit.recordDenied(undefined, { target: begun && targetOf(begun), reason });
}

function targetOf({ id }: ProviderSignIn) {
  return { type: 'provider_sign_in', id };
}
