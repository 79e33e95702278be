import type { Platform } from '../../platform/platform.ts';
import { Passwords } from './service.ts';

export type PasswordsFeature = ReturnType<typeof passwordsFeature>;

/** No noun of the contract: what others stand on who take, prove or change a password. */
export function passwordsFeature({ config }: Platform) {
  return { service: new Passwords(config.passwords) };
}
