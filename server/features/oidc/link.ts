import type { ProviderCode } from '../../../contract/oidc.ts';
import type { Actor } from '../../platform/auth/actor.ts';
import { problem } from '../../platform/problem-error.ts';
import type { Identity } from '../identities/model.ts';
import { lockToChange } from '../users/membership.ts';
import type { Caller, OidcContext } from './context.ts';
import { newOf } from './who.ts';

/**
 * Links what a provider has proven to the own account: what was begun as a link by the same account,
 * or a sign-in whose address an account has, once somebody has signed in to that another way.
 */
export async function link(
  context: OidcContext,
  actor: Actor,
  given: ProviderCode,
  caller: Caller,
): Promise<Identity> {
  const proven = await context.proven.get('link', given, caller.presented);
  const { intent, userId } = proven.row;
  if (intent === 'link' && userId !== actor.id) throw problem('invalid_link');
  const linked = await context.change(actor, async (tx) => {
    const user = await lockToChange(tx, actor, actor.id);
    await context.proven.consume(tx, proven);
    const identity = await context.identities.attach(tx, user, newOf(proven));
    await tx.audit({ target: { type: 'identity', id: identity.id }, changed: ['userId'] });
    return identity;
  });
  context.telemetry.signIns.count(proven.row.provider, 'linked');
  return linked;
}
