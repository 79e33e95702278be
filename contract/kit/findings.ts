/**
 * The closed catalogue of what can be wrong with an input: the codes of `errors[].code`, and what
 * each means. A message may say more about the place; a program goes by the code.
 */
export const findings = {
  required: 'The field must be there.',
  wrong_type: 'The value is of another JSON type, such as a text where a number belongs.',
  unknown_field:
    'There is no field or parameter of this name here. Inputs are taken to the letter, so that a misspelt field is noticed; the message names the nearest known one.',
  not_listed: 'The value is none of those that the document lists.',
  wrong_format:
    'The text is not written as its format asks: an address, a UUID, an instant, a name.',
  too_short: 'The text has too few characters. Characters are counted, not bytes.',
  too_long: 'The text has too many characters. Characters are counted, not bytes.',
  too_small: 'The number is below the minimum.',
  too_large: 'The number is above the maximum.',
  too_few: 'The list has too few items.',
  too_many: 'The list has too many items.',
  invalid_text:
    'The text holds what is no text: NUL, another control character, or half of a surrogate pair.',
  reserved_name: 'The name is reserved for the service itself. Choose another one.',
  reversed_range: 'The range ends before it begins.',
  invalid_cursor:
    'The cursor was not made by this list, or for another order. Begin again without it.',
  unknown_role: 'No role has this name.',
  wrong_password: 'This is not the current password of the account.',
  wrong_code: 'This is not the current code of the authenticator app, or it was used before.',
  wrong_passkey: 'The answer of the browser does not fit what was asked for.',
  too_common: 'The password is among those that attackers try first.',
  too_few_classes:
    'The password uses too few of lower case, upper case, digits and other characters.',
  own_name: 'The password is a name of the account.',
  late_field:
    'The field stands after the file. Fields come first, so that they are known before it is read.',
  wrong_digest:
    'The file is not the one that the digest was made of: something changed it on its way.',
  broken_rule: 'The value breaks a rule of its field; the message says which.',
} as const satisfies Record<string, string>;

export type FindingCode = keyof typeof findings;

export const findingCodes = Object.keys(findings) as [FindingCode, ...FindingCode[]];

/** For `.refine(…, finding('reserved_name', 'This username is reserved'))`. */
export function finding(code: FindingCode, message: string) {
  return { error: message, params: { finding: code } };
}
