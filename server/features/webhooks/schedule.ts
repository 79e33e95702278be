import { daySeconds, hourSeconds, minuteSeconds } from '../../platform/clock.ts';

/** The waits between attempts that Standard Webhooks recommends: over three days in all. */
const waits: readonly number[] = [
  5,
  5 * minuteSeconds,
  30 * minuteSeconds,
  2 * hourSeconds,
  5 * hourSeconds,
  10 * hourSeconds,
  14 * hourSeconds,
  20 * hourSeconds,
  daySeconds,
];

export const maxAttempts = waits.length + 1;

/** So that what failed at once does not come back at once: a tenth sooner, or later. */
const jitter = 0.1;

/** Nothing is given up sooner, however often somebody tried it by hand. */
const patientSeconds = waits.reduce((sum, wait) => sum + wait, 0) * (1 - jitter) - minuteSeconds;

/**
 * After so many attempts, the first of them so long ago; undefined: it is given up. `chance` is from
 * 0 to 1.
 */
export function waitAfter(
  attempts: number,
  triedSeconds: number,
  chance: number,
): number | undefined {
  const isPatient = triedSeconds < patientSeconds;
  const wait = waits[attempts - 1] ?? (isPatient ? waits.at(-1) : undefined);
  return wait === undefined ? undefined : wait * (1 - jitter + 2 * jitter * chance);
}
