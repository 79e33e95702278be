import * as z from 'zod';
import { textClaim } from './claims.ts';
import { type LogoutNotice, ProviderError } from './identity-provider.ts';
import { type Expected, openSigned } from './signed-token.ts';

const eventName = 'http://schemas.openid.net/event/backchannel-logout';

const Events = z.looseObject({ [eventName]: z.looseObject({}) });

/** RFC 8725 wants tokens told apart by their type; the specification only recommends it. */
const types = [undefined, 'jwt', 'logout+jwt', 'application/logout+jwt'];

/** OpenID Connect Back-Channel Logout 1.0, 2.6. */
export async function openLogoutToken(token: string, expected: Expected): Promise<LogoutNotice> {
  const { header, claims } = await openSigned('logout token', token, expected);
  const refuse = (reason: string) => new ProviderError('invalid_answer', `logout token: ${reason}`);
  if (!types.includes(header.typ?.toLowerCase())) throw refuse('unexpected "typ"');
  if (!Events.safeParse(claims['events']).success) throw refuse('unexpected "events"');
  // An ID token is no logout token.
  if (claims['nonce'] !== undefined) throw refuse('unexpected "nonce"');
  const [subject, sid] = [textClaim(claims, 'sub'), textClaim(claims, 'sid')];
  if (subject === undefined && sid === undefined) throw refuse('names nobody');
  const tokenId = textClaim(claims, 'jti');
  if (tokenId === undefined) throw refuse('has no "jti"');
  return {
    issuer: String(claims.iss),
    ...(subject !== undefined && { subject }),
    ...(sid !== undefined && { sid }),
    tokenId,
    expiresAt: new Date(Number(claims.exp) * 1000),
  };
}
