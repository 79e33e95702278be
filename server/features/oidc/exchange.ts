import type { ProviderCode } from '../../../contract/oidc.ts';
import { problemOfDatabaseError } from '../../platform/db/database-problems.ts';
import type { SignInOutcome } from '../../platform/observability/sign-in-metrics.ts';
import { ProblemError, problem } from '../../platform/problem-error.ts';
import type { Pending } from '../auth/complete-sign-in.ts';
import { counted } from '../auth/counted.ts';
import type { Proof } from '../auth/proof.ts';
import type { SignedIn } from '../auth/sign-in.ts';
import { identityConstraints } from '../identities/model.ts';
import { userConstraints } from '../users/model.ts';
import type { Caller, OidcContext } from './context.ts';
import { createAccount } from './new-account.ts';
import type { Proven } from './proven-logins.ts';
import { methods, proofOf } from './who.ts';

/** How often it is looked again where another sign-in of the same person was faster. */
const looks = 3;

/** Starts a session for whom a provider has proven, or asks for the second factor first. */
export async function exchange(
  context: OidcContext,
  given: ProviderCode,
  caller: Caller,
): Promise<SignedIn | Pending> {
  const { signIns } = context.telemetry;
  return counted(signIns, 'provider', () => exchangeOnce(context, given, caller));
}

async function exchangeOnce(
  context: OidcContext,
  given: ProviderCode,
  caller: Caller,
): Promise<SignedIn | Pending> {
  const proven = await context.proven.get('sign_in', given, caller.presented);
  const count = (outcome: SignInOutcome) =>
    context.telemetry.signIns.count(proven.row.provider, outcome);
  try {
    const signedIn = await lookUntilFound(context, proven, caller);
    count('secondFactor' in signedIn ? 'second_factor' : 'signed_in');
    return signedIn;
  } catch (error) {
    if (error instanceof ProblemError) count('refused');
    throw error;
  }
}

/** What another change took meanwhile, an identity or a name, is found by the next look. */
async function lookUntilFound(
  context: OidcContext,
  proven: Proven,
  caller: Caller,
): Promise<SignedIn | Pending> {
  for (let look = 1; ; look += 1) {
    try {
      return await once(context, proven, caller);
    } catch (error) {
      if (look === looks || !wasTaken(error)) throw error;
    }
  }
}

async function once(
  context: OidcContext,
  proven: Proven,
  { userAgent, address }: Caller,
): Promise<SignedIn | Pending> {
  const wanted = { kind: proven.row.delivery, device: { userAgent, address } };
  const from = sessionOf(proven);
  const proof = await proofOf(context, proven);
  if (!proof) {
    const how = { methods, wanted, ...from };
    return context.signInNew((tx) => createAccount(context, tx, proven), how);
  }
  const signedIn = await context.signIn({ ...proof, ...from }, wanted);
  if (!signedIn) throw problem('invalid_link');
  return signedIn;
}

/** The session at the provider, where it is one that can be ended: it has an ID token then. */
function sessionOf({ row: { provider }, identity }: Proven): Pick<Proof, 'atProvider'> {
  const { issuer, subject, sid, idToken } = identity;
  if (idToken === undefined) return {};
  return { atProvider: { provider, issuer, subject, idToken, ...(sid !== undefined && { sid }) } };
}

function wasTaken(error: unknown): boolean {
  const constraints = { ...identityConstraints, ...userConstraints };
  const { code } =
    error instanceof ProblemError ? error : (problemOfDatabaseError(error, constraints) ?? {});
  return ['identity_taken', 'email_taken', 'username_taken'].includes(code ?? '');
}
