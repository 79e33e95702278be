import { domainToASCII, domainToUnicode } from 'node:url';
import { describe, expect, it } from 'vitest';
import { fromPunycode } from '../../contract/kit/domain-names.ts';
import { listQuery } from '../../contract/kit/lists.ts';
import {
  Email,
  FullName,
  GivenPassword,
  givenInstant,
  Id,
  Instant,
  NewPassword,
  queryBoolean,
  queryInteger,
  Username,
} from '../../contract/kit/scalars.ts';

const accepts = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown) =>
  schema.safeParse(value).success;

/** Words of these characters, the same in every run. */
function wordsOf(alphabet: readonly string[], count: number): string[] {
  let state = 1;
  const next = (below: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const letter = () => alphabet[next(alphabet.length)];
  return Array.from({ length: count }, () => Array.from({ length: 1 + next(12) }, letter).join(''));
}

const internationalNames = (count: number) => wordsOf(Array.from('az09üßéпрδيक日本😀𝄞'), count);
const asciiNames = (count: number) => wordsOf(Array.from('abkvz0159-'), count);

describe('an e-mail address', () => {
  it.each([
    ['  Ada@Example.COM ', 'ada@example.com'],
    ['ada@exämple.com', 'ada@xn--exmple-cua.com'],
    ['ａｄａ@example.com', 'ada@example.com'],
    ['ada@EXÄMPLE.com', 'ada@xn--exmple-cua.com'],
    ['ada+news@example.com', 'ada+news@example.com'],
    ['ada@пример.рф', 'ada@xn--e1afmkfd.xn--p1ai'],
    ['ada@XN--Bcher-KVA.example', 'ada@xn--bcher-kva.example'],
    [`${'a'.repeat(64)}@example.com`, `${'a'.repeat(64)}@example.com`],
    [`a@${'b'.repeat(63)}.example`, `a@${'b'.repeat(63)}.example`],
  ])('is stored in one form: %j', (given, stored) => {
    expect(Email.parse(given)).toBe(stored);
  });

  it.each([
    '',
    'ada',
    'ada@',
    '@example.com',
    'ada@example',
    'a da@example.com',
    'ada@example.com\nBcc: x@example.com',
    'ada@exa/mple.com',
    'ada@exä:80.com',
    'ada@exä@example.com',
    `${'a'.repeat(250)}@example.com`,
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(64)}.example`,
    `a@${'b.'.repeat(125)}example`,
    '.ada@example.com',
    'ada.@example.com',
    'ada..l@example.com',
    'ada@-example.com',
    'ada@example-.com',
    'ada@example..com',
    'ada@.example.com',
    'ada@example.com.',
    'ada@192.0.2.1',
    'ada@[192.0.2.1]',
    'ada@xn--.example',
    'ada@xn--a.example',
    'ada@xn--abc-.example',
    'ada@xn--99999999.example',
    'ada@mail.xn--0.example',
    'ada@example.xn--0',
    42,
    null,
  ])('is refused: %j', (given) => {
    expect(accepts(Email, given)).toBe(false);
  });

  it('takes every international label that the platform makes, and reads it as the platform does', () => {
    for (const name of internationalNames(500)) {
      const label = domainToASCII(name);
      if (!label.startsWith('xn--') || label.length > 63) continue;
      expect(fromPunycode(label.slice(4)), label).toBe(domainToUnicode(label));
      expect(Email.parse(`ada@${name}.example`)).toBe(`ada@${label}.example`);
    }
  });

  it('takes no label that the platform would write in another way', () => {
    for (const name of asciiNames(500)) {
      const meant = fromPunycode(name);
      const isItsForm = meant !== undefined && domainToASCII(meant) === `xn--${name}`;
      expect(accepts(Email, `ada@xn--${name}.example`), name).toBe(isItsForm);
    }
  });

  it('has no other form that normalises further', () => {
    const once = Email.parse('Ada@exämple.com');
    expect(Email.parse(once)).toBe(once);
  });
});

describe('a username', () => {
  it.each([
    [' Ada ', 'ada'],
    ['A.d_a-1', 'a.d_a-1'],
    ['ＡＤＡ', 'ada'],
  ])('is stored in one form: %j', (given, stored) => {
    expect(Username.parse(given)).toBe(stored);
  });

  it.each([
    'ab',
    'a'.repeat(51),
    'ada lovelace',
    'ada@home',
    'аda',
    'Admin',
    'ROOT',
    'ada\u200b',
    '',
    'admin.',
    '_admin',
    'a.d.m.i.n',
    'Ad-Min',
    'ｍ．ｅ',
    'ada-',
    '.ada',
    '___',
  ])('is refused: %j', (given) => {
    expect(accepts(Username, given)).toBe(false);
  });
});

describe('a full name', () => {
  it.each(["Ada O'Neil", '李雷', 'Ada 👩‍💻', '  Ada  ', 'a'])('is any text: %j', (given) => {
    expect(FullName.parse(given)).toBe(given.trim());
  });

  it.each(['', '   ', 'a\u0000b', 'a\nb', 'a\u0085b', 'x'.repeat(256)])(
    'is refused: %j',
    (given) => {
      expect(accepts(FullName, given)).toBe(false);
    },
  );

  it('is counted in characters as people see them on the wire, not in UTF-16', () => {
    expect(accepts(FullName, '👩'.repeat(255))).toBe(true);
    expect(accepts(FullName, '👩'.repeat(256))).toBe(false);
  });
});

describe('a password', () => {
  it('is taken exactly as sent', () => {
    expect(NewPassword.parse('  ﬁrst PASS  ')).toBe('  ﬁrst PASS  ');
  });

  it.each([
    ['7 characters', 'a'.repeat(7), false],
    ['8 characters', 'a'.repeat(8), true],
    ['7 emoji, which are 14 units', '👩'.repeat(7), false],
    ['128 characters', 'a'.repeat(128), true],
    ['129 characters', 'a'.repeat(129), false],
  ])('of %s is new: %#', (_what, given, isGood) => {
    expect(accepts(NewPassword, given)).toBe(isGood);
  });

  it('to compare only has a maximum', () => {
    expect([accepts(GivenPassword, 'a'), accepts(GivenPassword, 'a'.repeat(129))]).toEqual([
      true,
      false,
    ]);
  });
});

describe('an instant', () => {
  it.each(['2026-11-21T12:00:00Z', '2026-11-21T12:00:00.123456789Z', '2024-02-29T00:00:00Z'])(
    'is in UTC: %s',
    (given) => {
      expect(accepts(Instant, given)).toBe(true);
    },
  );

  it.each([
    '2026-11-21',
    '2026-11-21T12:00:00',
    '2026-11-21T12:00:00+02:00',
    '2026-02-30T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-11-21T25:00:00Z',
    `2026-11-21T12:00:00.${'1'.repeat(40)}Z`,
    '1795262400000',
    'now',
  ])('is refused: %s', (given) => {
    expect(accepts(Instant, given)).toBe(false);
  });
});

describe('a query', () => {
  const limit = queryInteger({ min: 1, max: 200 });

  it.each([
    ['1', 1],
    ['200', 200],
    ['007', 7],
  ])('reads the integer %s', (given, value) => {
    expect(limit.parse(given)).toBe(value);
  });

  it.each(['', ' 5', '5 ', '0x10', '1e3', '-1', '+1', '1.0', '0', '201', '٣', '9'.repeat(30), 5])(
    'refuses the integer %j',
    (given) => {
      expect(accepts(limit, given)).toBe(false);
    },
  );

  it.each(['1', 'yes', 'TRUE', '', true])('refuses the boolean %j', (given) => {
    expect(accepts(queryBoolean(), given)).toBe(false);
  });

  it('of a list knows its orders, both ways, and nothing else', () => {
    const query = listQuery({ sort: ['name'], filters: {} });
    const tried = ['name', '-name', '--name', 'Name', 'id'];
    expect(tried.filter((sort) => accepts(query, { sort }))).toEqual(['name', '-name']);
    expect(accepts(query, { colour: 'red' })).toBe(false);
  });

  it.each(['', 'a b', 'a+b', 'ä', 'x'.repeat(4_001)])('refuses the cursor %j', (cursor) => {
    const query = listQuery({ sort: ['name'], filters: {} });
    expect(accepts(query, { cursor })).toBe(false);
  });
});

describe('an instant that a caller gives', () => {
  const due = givenInstant('When it is due.');

  it.each([
    ['2026-12-24T18:00:00Z', '2026-12-24T18:00:00.000Z'],
    ['2026-12-24T18:00:00.5Z', '2026-12-24T18:00:00.500Z'],
    ['2028-02-29T00:00:00.123456789Z', '2028-02-29T00:00:00.123Z'],
  ])('is a Date: %s', (given, instant) => {
    expect(due.parse(given)).toEqual(new Date(instant));
  });

  it.each([
    '2026-12-24',
    '2026-12-24T18:00:00',
    '2026-12-24T18:00:00+01:00',
    '2026-02-29T00:00:00Z',
    '24.12.2026 18:00',
    ' 2026-12-24T18:00:00Z',
    `2026-12-24T18:00:00.${'0'.repeat(30)}Z`,
    1_798_135_200_000,
    new Date(0),
    null,
  ])('is written as ISO 8601 in UTC, and not as %j', (given) => {
    expect(accepts(due, given)).toBe(false);
  });

  it('stands in the document as the text that travels, with its description', () => {
    const { wire } = due.meta() as { wire: Record<string, unknown> };
    expect(wire).toMatchObject({
      type: 'string',
      format: 'date-time',
      description: 'When it is due.',
    });
  });
});

it('takes ids in every version of UUID, and nothing else', () => {
  expect(accepts(Id, '01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11')).toBe(true);
  expect(accepts(Id, '01994c1e6f0a7c7e9d5f1f6f3a0f9b11')).toBe(false);
  expect(accepts(Id, '{01994c1e-6f0a-7c7e-9d5f-1f6f3a0f9b11}')).toBe(false);
});
