import type { SecondFactorProof } from '../../../contract/auth.ts';
import { problem } from '../../platform/problem-error.ts';
import type { Device } from '../sessions/service.ts';
import { assertAdmitted, beginSession } from './complete-sign-in.ts';
import type { AuthContext } from './context.ts';
import { counted, heldBack } from './counted.ts';
import { consumePending, endPending, getPending } from './pending-sign-in.ts';
import { deliver, type SignedIn } from './sign-in.ts';
import { tryFactor } from './try-factor.ts';

/** The second step of a sign-in: with it the session begins. */
export async function proveSecondFactor(
  context: AuthContext,
  { token, ...given }: SecondFactorProof,
  device: Device,
): Promise<SignedIn> {
  // Many at once with one token take turns: whoever comes too late is no wrong guess.
  const turn = { identifier: token, address: device.address };
  return counted(context.telemetry.signIns, 'second_factor', () =>
    context.turns.take(turn, () => prove(context, token, given, device)),
  );
}

async function prove(
  context: AuthContext,
  token: string,
  given: Omit<SecondFactorProof, 'token'>,
  device: Device,
): Promise<SignedIn> {
  const pending = await getPending(context, token);
  const { userId, kind, providerSessionId } = pending;
  const sighting = await context.sessions.devices.look(userId, device);
  const { result, isLast, isBlocked } = await tryFactor(
    context,
    { userId, given },
    async (tx, account, methods) => {
      assertAdmitted(account, context);
      await consumePending(context, tx, token, account, pending);
      const all = [...pending.methods, ...methods, 'mfa'];
      const begun = await beginSession(context, tx, {
        account,
        methods: [...new Set(all)],
        wanted: { kind, device },
        sighting,
        providerSessionId,
      });
      return { begun, account };
    },
  );
  if (result) return deliver(context, result.account, result.begun);
  if (isLast) await endPending(context, token);
  const cause = isBlocked ? heldBack : undefined;
  throw problem('invalid_second_factor', { about: userId, cause });
}
