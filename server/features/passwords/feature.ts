import type { Platform } from '../../platform/platform.ts';
import { Passwords } from './service.ts';

/** No noun of the contract: what others stand on who take, prove or change a password. */
export function passwordsFeature({ config }: Platform) {
  return { passwords: new Passwords(config.passwords) };
}
