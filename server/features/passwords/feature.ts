import type { Platform } from '../../platform/platform.ts';
import { Passwords } from './service.ts';

export type PasswordsFeature = ReturnType<typeof passwordsFeature>;

/** Serves no operation: other features take, verify and change passwords through it. */
export function passwordsFeature({ config }: Platform) {
  return { service: new Passwords(config.passwords) };
}
