import { randomBytes, timingSafeEqual } from 'node:crypto';
import { base32 } from 'oslo/encoding';
import { createTOTPKeyURI, generateHOTP } from 'oslo/otp';

// RFC 6238 with its defaults: what every app takes without being told.
const stepSeconds = 30;
// RFC 4226, 4 (R6): 160 bits.
const secretBytes = 20;

export function newSecret(): Buffer<ArrayBuffer> {
  return randomBytes(secretBytes);
}

/** As somebody types it into an app. */
export function spelled(secret: Uint8Array): string {
  return base32.encode(secret, { includePadding: false });
}

export function otpauthUri(issuer: string, account: string, secret: Uint8Array): string {
  // oslo writes a space as `+`, which apps show: this is no form.
  return createTOTPKeyURI(issuer, account, secret).replaceAll('+', '%20');
}

/**
 * The step of time that a code belongs to, within so many before and after now; undefined for a
 * wrong one. Which steps were used before, its caller knows: oslo's controller has neither a
 * window nor a memory, and reads the machine's clock.
 */
export async function stepOf(
  code: string,
  secret: Uint8Array,
  { now, windowSteps }: { now: Date; windowSteps: number },
): Promise<number | undefined> {
  const current = Math.floor(now.getTime() / 1000 / stepSeconds);
  const given = Buffer.from(code);
  let found: number | undefined;
  // All of them, whether or not one fits: the time tells nothing.
  for (let step = current - windowSteps; step <= current + windowSteps; step += 1) {
    const expected = Buffer.from(await generateHOTP(secret, step));
    if (given.length === expected.length && timingSafeEqual(given, expected)) found = step;
  }
  return found;
}
