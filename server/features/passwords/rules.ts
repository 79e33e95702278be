import type { FindingCode } from '../../../contract/kit/findings.ts';
import { codePoints } from '../../../contract/kit/scalars.ts';
import type { PasswordsConfig } from '../../config/passwords.ts';
import { invalidInput } from '../../platform/problem-error.ts';
import { isPopularPassword } from './popular-passwords.ts';

export type PasswordRules = Pick<PasswordsConfig, 'minLength' | 'requiredClasses'>;

/** The account whose password it is to be. */
export interface NamedAccount {
  readonly email: string;
  readonly username: string;
  readonly fullName?: string | null | undefined;
}

const classes = [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u];

/**
 * OWASP ASVS 5.0, 6.2: length before composition, no common passwords, not the own account.
 * @throws a problem `validation_failed` naming the first broken rule, never the password.
 */
export async function assertGoodPassword(
  password: string,
  account: NamedAccount,
  { minLength, requiredClasses }: PasswordRules,
  field: string,
): Promise<void> {
  const refused = (code: FindingCode, message: string) =>
    invalidInput({ in: 'body', path: field, code, message });
  const lower = password.toLowerCase();
  const own = [account.email, account.username, account.fullName, account.email.split('@')[0]];
  const isOwn = own.some((name) => name && name.toLowerCase() === lower);
  const found = classes.filter((pattern) => pattern.test(password)).length;

  if (codePoints(password) < minLength) {
    throw refused('too_short', `At least ${minLength} characters`);
  }
  if (found < requiredClasses) {
    throw refused(
      'too_few_classes',
      `Use at least ${requiredClasses} of lower case, upper case, digits and other characters`,
    );
  }
  if (await isPopularPassword(lower)) throw refused('too_common', 'This password is too common');
  if (isOwn) throw refused('own_name', 'The password must not be a name of the account');
}
