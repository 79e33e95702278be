import * as z from 'zod';
import { asciiDomain, hasGoodLabels } from './domain-names.ts';
import { finding } from './findings.ts';

// `wire` replaces the schema in the OpenAPI document where the input passes a transformation:
// readers want the rule that holds on the wire, not the steps that enforce it.
type Wire = Record<string, unknown>;

/** Compared as text in memory, so one spelling: PostgreSQL reads capitals as the same id. */
export const Id = z
  .uuid()
  .toLowerCase()
  .meta({
    description: 'A UUID.',
    maxLength: 36,
    examples: ['01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11'],
  });

// 30 characters hold nanoseconds. `date-time` alone would also promise offsets; we take Z only.
/** An instant in an answer. One that a caller gives is a `givenInstant`. */
export const Instant = z.iso
  .datetime()
  .max(30)
  .meta({
    wire: {
      type: 'string',
      format: 'date-time',
      pattern: '^[0-9-]{10}T[0-9:.]+Z$',
      maxLength: 30,
      description: 'An instant in UTC, ISO 8601.',
      examples: ['2026-11-21T12:00:00.000Z'],
    },
  });

// No control character (Unicode category Cc) and something to see. Written without \p{…}, which
// the regular expressions of other languages do not all know.
const visible =
  '^[^\\x00-\\x1F\\x7F-\\x9F]*[^\\s\\x00-\\x1F\\x7F-\\x9F][^\\x00-\\x1F\\x7F-\\x9F]*$';

/** Text of a person: any Unicode without control characters, trimmed. Length in code points. */
export function text({ max, ...wire }: { max: number } & Wire) {
  return z
    .string()
    .trim()
    .min(1)
    .refine(
      (value) => !/\p{Cc}/u.test(value),
      finding('invalid_text', 'Control characters are not allowed'),
    )
    .refine(fits(max), finding('too_long', `At most ${max} characters`))
    .meta({ wire: { type: 'string', minLength: 1, maxLength: max, pattern: visible, ...wire } });
}

/** Text in an answer: what was taken as `text` before, or came from elsewhere and was cut. */
export function shown({ max, ...meta }: { max: number } & Wire) {
  return z
    .string()
    .refine(fits(max), finding('too_long', `At most ${max} characters`))
    .meta({ maxLength: max, ...meta });
}

function fits(max: number) {
  return (value: string) => value.length <= max || codePoints(value) <= max;
}

/** As JSON Schema counts; zod's own `min` and `max` count UTF-16 units. */
export function codePoints(value: string): number {
  return Array.from(value).length;
}

/** Written once for input and lookup: trim, NFKC, lower case, IDN domain to ASCII. */
export function normaliseEmail(value: string): string {
  const folded = value.trim().normalize('NFKC').toLowerCase();
  const at = folded.lastIndexOf('@') + 1;
  return at === 0 ? folded : folded.slice(0, at) + asciiDomain(folded.slice(at));
}

// RFC 5321, 4.5.3.1.1: up to 64 octets; unquoted, no dot at an end, no two side by side.
const localPart = "(?!\\.)(?!.*\\.[.@])[a-z0-9_'+.-]{1,64}";
// RFC 1035, 2.3.4: labels of up to 63. The last one is of letters, or international.
const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const lastLabel = '(?:[a-z]{2,63}|xn--[a-z0-9-]{0,58}[a-z0-9])';
const address = new RegExp(`^${localPart}@(?:${label}\\.)+${lastLabel}$`);

export const Email = z
  .string()
  .max(320)
  .transform(normaliseEmail)
  .pipe(
    z
      .email({ pattern: address, abort: true })
      .max(254)
      .refine(
        (email) => hasGoodLabels(email.slice(email.lastIndexOf('@') + 1)),
        finding('wrong_format', 'The domain is not one'),
      ),
  )
  .meta({
    wire: {
      type: 'string',
      format: 'email',
      pattern: '^[^\\s@]{1,64}@(?:[^\\s@.]{1,63}\\.)+[^\\s@.]{2,63}$',
      maxLength: 254,
      examples: ['ada@example.com'],
    },
  });

const reservedUsernames = new Set(
  'about abuse account admin administrator api auth billing charter contact docs everyone guest health help hostmaster info me mail moderator nobody null owner postmaster root security staff support system undefined user users webmaster'.split(
    ' ',
  ),
);

/** `a.d_m-in` reads like `admin`: what stands between letters does not make a name another one. */
function isReserved(username: string): boolean {
  return reservedUsernames.has(username.replace(/[._-]/g, ''));
}

export const Username = z
  .string()
  .transform((value) => value.trim().normalize('NFKC').toLowerCase())
  .pipe(
    z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9._-]{1,48}[a-z0-9]$/,
        'Use 3 to 50 of a-z, 0-9, dot, underscore and hyphen; begin and end with a letter or digit',
      )
      .refine((value) => !isReserved(value), finding('reserved_name', 'This username is reserved')),
  )
  .meta({
    wire: {
      type: 'string',
      description:
        'Stored in lower case. A few names are reserved, also with dots, underscores and hyphens in them.',
      pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{1,48}[A-Za-z0-9]$',
      minLength: 3,
      maxLength: 50,
      examples: ['ada'],
    },
  });

export const FullName = text({
  max: 255,
  description: 'Any Unicode text.',
  examples: ['Ada Lovelace'],
});

/** What a link in a mail carries: 32 random bytes in base64url. */
export const LinkToken = z
  .string()
  .min(1)
  .max(200)
  .describe('The token of the link, from its `token` parameter.')
  .meta({ examples: ['Ht3J3c3yWl0Yz6v7kq0m5nq9mYw8rJr1n9v0t2s4u6E'] });

const languageTag = '^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$';

/** A language as people name it on the web (BCP 47), in its canonical spelling: `en-GB`. */
export const Locale = z
  .string()
  .max(35)
  .regex(new RegExp(languageTag), 'Write a language tag, as en or de-AT')
  .refine(isLanguage, finding('wrong_format', 'Write a language tag, as en or de-AT'))
  .transform((tag) => Intl.getCanonicalLocales(tag).join())
  .meta({
    wire: { type: 'string', pattern: languageTag, maxLength: 35, examples: ['en-GB'] },
  });

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

/** A time zone by its name in the IANA database: `Europe/London`. */
export const TimeZone = z
  .string()
  .max(64)
  .regex(/^[A-Za-z][A-Za-z0-9_+/-]*$/, 'Write a time zone by its name, as Europe/London')
  .refine(isTimeZone, finding('wrong_format', 'Write a time zone by its name, as Europe/London'))
  .meta({
    wire: {
      type: 'string',
      pattern: '^[A-Za-z][A-Za-z0-9_+/-]*$',
      maxLength: 64,
      examples: ['Europe/London'],
    },
  });

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

/** Taken exactly as sent. 8 is the floor of `PASSWORD_MIN_LENGTH`; the rules stand in the server. */
export const NewPassword = z
  .string()
  .refine((value) => codePoints(value) >= 8, finding('too_short', 'At least 8 characters'))
  .refine(fits(128), finding('too_long', 'At most 128 characters'))
  .meta({
    wire: {
      type: 'string',
      format: 'password',
      minLength: 8,
      maxLength: 128,
      examples: ['correct horse battery staple'],
    },
  });

/** A password to compare. Its only rule is the maximum, so that nothing huge is hashed. */
export const GivenPassword = z
  .string()
  .min(1)
  .refine(fits(128), finding('too_long', 'At most 128 characters'))
  .meta({
    wire: {
      type: 'string',
      format: 'password',
      minLength: 1,
      maxLength: 128,
      examples: ['correct horse battery staple'],
    },
  });

/** An integer in a query string: plain decimal digits, nothing that JavaScript would coerce. */
export function queryInteger({ min, max, ...wire }: { min: number; max: number } & Wire) {
  return z
    .string()
    .regex(/^\d{1,9}$/, 'Write a plain integer')
    .transform(Number)
    .pipe(z.int().min(min).max(max))
    .meta({ wire: { type: 'integer', minimum: min, maximum: max, ...wire } });
}

/** An instant that a caller gives, in a body or anywhere else: taken as text, handed on as a `Date`. */
export function givenInstant(description: string) {
  return z.iso
    .datetime()
    .max(30)
    .transform((value) => new Date(value))
    .meta({ wire: { ...(Instant.meta()?.wire as Wire), description } });
}

/** The same in a query string, where every value is text anyhow. */
export const queryInstant = givenInstant;

export function queryBoolean(wire: Wire = {}) {
  return z
    .enum(['true', 'false'])
    .transform((value) => value === 'true')
    .meta({ wire: { type: 'boolean', ...wire } });
}
