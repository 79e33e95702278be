import { systemActor } from '../../platform/auth/actor.ts';
import { daySeconds, secondsAfter } from '../../platform/clock.ts';
import {
  type IdentityProvider,
  type LogoutNotice,
  ProviderError,
} from '../../platform/identity-providers/identity-provider.ts';
import { problem } from '../../platform/problem-error.ts';
import type { OidcContext } from './context.ts';

/** Why sessions ended, for their owner, the audit and whoever hears of it. */
const reason = 'provider_logout';

/** That a token was used is remembered while it is good: one that is good for longer is not taken. */
const maxLifeSeconds = daySeconds;

/**
 * A provider says that a session there has ended: what began from it ends, in one change. What
 * began by a password, or from another session, goes on.
 * @throws a problem `invalid_logout_token` for whatever the provider has not said, or said before.
 */
export async function backChannelLogout(
  context: OidcContext,
  name: string,
  token: string,
): Promise<void> {
  const { change, identityProviders, providerSessions, telemetry } = context;
  const provider = identityProviders.find(name);
  if (!provider?.verifyLogoutToken) {
    throw problem('not_found', { detail: 'There is no such provider.' });
  }
  const notice = await verified(context, provider, token);
  const accounts = await change(systemActor('provider-logout'), async (tx) => {
    const ended = await providerSessions.endFrom(tx, notice, reason);
    // One identity is of one account at a time, and may have been of another before.
    for (const id of ended ?? []) await tx.audit({ target: { type: 'user', id }, reason });
    return ended;
  });
  telemetry.signOuts.count(
    name,
    accounts ? (accounts.length > 0 ? 'ended' : 'nobody') : 'replayed',
  );
  if (!accounts) throw problem('invalid_logout_token');
}

async function verified(
  { clock, telemetry }: OidcContext,
  provider: IdentityProvider,
  token: string,
): Promise<LogoutNotice> {
  try {
    const notice = await provider.verifyLogoutToken?.(token);
    const latest = secondsAfter(clock.now(), maxLifeSeconds);
    if (notice && notice.expiresAt <= latest) return notice;
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
  }
  telemetry.signOuts.count(provider.name, 'refused');
  throw problem('invalid_logout_token');
}
