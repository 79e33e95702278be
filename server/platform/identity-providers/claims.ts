import { ProviderError, type ProviderProfile, type ReadProfile } from './identity-provider.ts';

export type Claims = Readonly<Record<string, unknown>>;

/** OpenID Connect Core, 2: a subject has at most 255 characters. */
const maxLength = 255;

/**
 * A claim that decides something. What is no text, too long, or cannot be stored as it is (NUL, half
 * of a surrogate pair: two subjects could become one) spoils all of it.
 */
export function textClaim(claims: Claims, name: string): string | undefined {
  const value = claims[name];
  if (value === undefined || value === null) return undefined;
  if (isGoodText(value)) return value;
  throw new ProviderError(
    'invalid_answer',
    `claim "${name}": is no text of at most ${maxLength} characters`,
  );
}

/** A claim that nothing depends on: what cannot be used is left out. */
function shownClaim(claims: Claims, name: string): string | undefined {
  const value = claims[name];
  return isGoodText(value) ? value : undefined;
}

function isGoodText(value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length > 0 &&
    value.length <= maxLength &&
    value.isWellFormed() &&
    !/\p{Cc}/u.test(value)
  );
}

/** An address is verified where the provider says so with `true`, and with nothing like it. */
export function emailOf(claims: Claims): Pick<ReadProfile, 'email' | 'isEmailVerified'> {
  const email = textClaim(claims, 'email');
  if (email === undefined || !/^[^\s@]+@[^\s@]+$/.test(email)) return { isEmailVerified: false };
  return { email, isEmailVerified: claims['email_verified'] === true };
}

export function profileOf(claims: Claims): ProviderProfile {
  const fullName = shownClaim(claims, 'name');
  const username = shownClaim(claims, 'preferred_username');
  const locale = shownClaim(claims, 'locale');
  return {
    ...(fullName !== undefined && { fullName }),
    ...(username !== undefined && { username }),
    ...(locale !== undefined && { locale }),
  };
}

/** RFC 8176; undefined where it is anything but a short list of words. */
export function amrOf({ amr }: Claims): readonly string[] | undefined {
  if (!Array.isArray(amr) || amr.length > 20) return undefined;
  return amr.every((one) => isGoodText(one) && one.length <= 50) ? (amr as string[]) : undefined;
}
