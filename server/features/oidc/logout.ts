import type { ProviderLogout } from '../../../contract/oidc.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import {
  type LogoutRequest,
  ProviderError,
} from '../../platform/identity-providers/identity-provider.ts';
import type { OidcContext } from './context.ts';

/** With a longer one, the address would be more than servers read. */
const maxHint = 6_000;

export interface LoggedOut {
  readonly url: string | undefined;
  readonly cookie: string | undefined;
}

/**
 * Signs out here, and answers where the browser signs out at the provider. The session here ends
 * first: whoever signs out is out, whatever the provider says.
 */
export async function logout(
  context: OidcContext,
  actor: Actor,
  { redirectTo, state }: ProviderLogout,
): Promise<LoggedOut> {
  const returnTo = context.signOutRedirects.assertAllowed(redirectTo);
  const { id, impersonatorSessionId } = await context.sessions.getCurrent(actor);
  const begunFrom = await context.providerSessions.find(impersonatorSessionId ?? id);
  const cookie = await context.logout(actor);
  if (!begunFrom) return { cookie, url: undefined };
  const { provider, idToken } = begunFrom;
  const hint = idToken.length > maxHint ? {} : { idToken };
  const request = { ...hint, returnTo, ...(state !== undefined && { state }) };
  return { cookie, url: await findAddress(context, provider, request) };
}

async function findAddress(
  { identityProviders, telemetry }: OidcContext,
  name: string,
  request: LogoutRequest,
): Promise<string | undefined> {
  try {
    const url = await identityProviders.find(name)?.logoutUrl?.(request);
    telemetry.signOuts.count(name, url ? 'led_there' : 'not_offered');
    return url?.href;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    telemetry.signOuts.count(name, 'failed');
    return undefined;
  }
}
