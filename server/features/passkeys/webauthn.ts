import type { Assertion, NewCredential } from '../../../contract/passkeys.ts';
import type { RelyingParty } from './relying-party.ts';

/** What of a new passkey is kept. */
export interface Made {
  readonly credentialId: string;
  readonly publicKey: string;
  readonly transports: readonly string[];
  readonly signCount: number;
  readonly isSynced: boolean;
  readonly isBackedUp: boolean;
}

/** What a passkey that was used tells. */
export interface Used {
  readonly signCount: number;
  readonly isBackedUp: boolean;
}

// Loaded by the first who has one: its certificates cost start-up time and memory.
const load = () => import('@simplewebauthn/server');

/** ES256, EdDSA, RS256: what authenticators know. */
export const algorithms = [-7, -8, -257];

/** The challenge that a browser says it answered; undefined when nothing can be read. */
export function challengeOf(clientDataJSON: string): string | undefined {
  const challenge = clientDataOf(clientDataJSON)?.challenge;
  return typeof challenge === 'string' ? challenge : undefined;
}

/** Undefined for what does not hold. Verified is the whole of WebAuthn, level 3, section 7.1. */
export async function verifyMade(
  credential: NewCredential,
  challenge: string,
  { id, origins }: RelyingParty,
): Promise<Made | undefined> {
  if (isFramed(credential.response.clientDataJSON)) return undefined;
  const { verifyRegistrationResponse } = await load();
  const verified = await verifyRegistrationResponse({
    response: { clientExtensionResults: {}, ...credential } as never,
    expectedChallenge: challenge,
    expectedOrigin: [...origins],
    expectedRPID: id,
    requireUserVerification: true,
    supportedAlgorithmIDs: algorithms,
  }).catch(() => undefined);
  if (!verified?.verified) return undefined;
  const { credential: made, credentialDeviceType, credentialBackedUp } = verified.registrationInfo;
  return {
    credentialId: made.id,
    publicKey: Buffer.from(made.publicKey).toString('base64url'),
    transports: credential.response.transports ?? [],
    signCount: made.counter,
    isSynced: credentialDeviceType === 'multiDevice',
    isBackedUp: credentialBackedUp,
  };
}

/** Undefined for what does not hold (section 7.2). Whether its counter goes on, the caller decides. */
export async function verifyUsed(
  assertion: Assertion,
  challenge: string,
  { id, origins }: RelyingParty,
  known: { readonly credentialId: string; readonly publicKey: string },
): Promise<Used | undefined> {
  if (isFramed(assertion.response.clientDataJSON)) return undefined;
  const { verifyAuthenticationResponse } = await load();
  const verified = await verifyAuthenticationResponse({
    response: { clientExtensionResults: {}, ...assertion } as never,
    expectedChallenge: challenge,
    expectedOrigin: [...origins],
    expectedRPID: id,
    requireUserVerification: true,
    credential: {
      id: known.credentialId,
      publicKey: new Uint8Array(Buffer.from(known.publicKey, 'base64url')),
      counter: 0,
    },
  }).catch(() => undefined);
  if (!verified?.verified) return undefined;
  const { newCounter, credentialBackedUp } = verified.authenticationInfo;
  return { signCount: newCounter, isBackedUp: credentialBackedUp };
}

/** No page of ours stands in a frame of somebody else's. */
function isFramed(clientDataJSON: string): boolean {
  const data = clientDataOf(clientDataJSON);
  return data === undefined || data.crossOrigin === true || data.topOrigin !== undefined;
}

function clientDataOf(clientDataJSON: string): Record<string, unknown> | undefined {
  try {
    const data: unknown = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString());
    return typeof data === 'object' && data !== null
      ? (data as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
