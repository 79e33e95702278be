/** Where the links in mails lead; each is a page that asks before it does anything. */
export type LinkPage =
  | 'verify-email'
  | 'reset-password'
  | 'sign-in'
  | 'accept-invitation'
  | 'confirm-email-change'
  | 'revert-email-change'
  | 'download-export';

/**
 * Links are made from configuration only, never from a request: a forged `Host` header must not lead
 * the owner of a mailbox somewhere else (OWASP Forgot Password Cheat Sheet).
 */
export class Links {
  readonly #origin: string;

  constructor(origin: string) {
    this.#origin = origin;
  }

  to(page: LinkPage, token: string): string {
    return `${this.#origin}/account/${page}?token=${encodeURIComponent(token)}`;
  }
}
