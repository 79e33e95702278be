import type { SecretKeys } from '../secrets/secret-keys.ts';
import type { Letter } from './mail-kind.ts';
import type { MailRow } from './mail-row.ts';

/** Who a letter is for, and what it says. */
export interface Addressed {
  readonly to: string;
  readonly letter: Letter;
}

export function sealLetter(secretKeys: SecretKeys, mailId: string, addressed: Addressed): string {
  return secretKeys.seal(JSON.stringify(addressed), aboutMail(mailId));
}

/** Undefined once it was dropped. */
export function openLetter(
  secretKeys: SecretKeys,
  { id, sealed }: Pick<MailRow, 'id' | 'sealed'>,
): Addressed | undefined {
  return sealed === null ? undefined : JSON.parse(secretKeys.open(sealed, aboutMail(id)));
}

export function aboutMail(id: string): string {
  return `mails:${id}`;
}
