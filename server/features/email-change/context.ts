import type { Platform } from '../../platform/platform.ts';
import type { OneTimeTokens } from '../one-time-tokens/service.ts';
import type { PasswordReset } from '../password-reset/service.ts';
import type { Sessions } from '../sessions/service.ts';
import type { Mailboxes } from '../verification/mailboxes.ts';

/** What the verbs of a change of address stand on. */
export interface EmailChangeContext extends Platform {
  readonly sessions: Sessions;
  readonly tokens: OneTimeTokens;
  readonly mailboxes: Mailboxes;
  readonly passwordReset: PasswordReset;
}
