import { isService } from './upgrade/origin.ts';

/** Numbers below it are the baseline's: what a service adds comes behind, whatever an upgrade brings. */
const firstOfServices = 1000;

/** The number that the next of these migrations has, in the checkout of a service or of the baseline. */
export function nextNumber(root: string, names: readonly string[]): string {
  const first = isService(root) ? firstOfServices : 1;
  const taken = names.map((name) => Number.parseInt(name, 10)).filter((number) => number >= first);
  return String(Math.max(first - 1, ...taken) + 1).padStart(4, '0');
}
