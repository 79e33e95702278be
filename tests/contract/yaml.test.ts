import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { yamlOf } from '../../contract/document/yaml.ts';
import { document } from '../kit/document.ts';

/** What readers of either version make of it. */
const read = (value: object) =>
  (['1.1', '1.2'] as const).map((version) => parse(yamlOf(value), { version }));

describe('the document as YAML', () => {
  it('says what it says as JSON', () => {
    expect(read(document)).toEqual([document, document]);
  });

  it('keeps paragraphs as they are', () => {
    expect(yamlOf({ a: { prose: 'One: 1\n\n**Two**' } })).toBe(
      'a:\n  prose: |-\n    One: 1\n\n    **Two**\n',
    );
  });
});

const texts = [
  ...['', ' ', 'yes', 'NO', 'null', '~', 'y', '1', '1e3', '0x1f', '12:30', '2026-11-30', '.inf'],
  ...['- a', '? a', 'a: b', 'a:', ':a', 'a #b', '#a', '&a', '*a', '!a', '%a', '@a', '`a', '|', '>'],
  ...['"', "'", '{a}', '[a]', 'a, b', 'a ', ' a', '\ta', 'a\tb', '---', '...', '<<', '=', 'a\\b'],
  ...[
    'a\nb',
    'a\n',
    '\na',
    ' a\nb',
    'a\n\n\nb ',
    'a\n#b',
    'a\n---\nb',
    'a\r\nb',
    'a\n\tb',
    'a\n\u2028b',
  ],
  ...[
    '\u2028',
    '\u0085',
    '\u0000',
    '\ufeff',
    '\u00a0',
    'é',
    '’',
    '😀',
    '\ud800',
    'https://a/b?c=d',
  ],
];

it.each(texts)('a text stays what it is: %j', (text) => {
  const value = { [text]: text, list: [text, [text], { [text]: [text, { text }] }] };
  expect(read(value)).toEqual([value, value]);
});

it('other values, and empty ones, stay what they are', () => {
  const value = {
    n: -1.5,
    big: 2 ** 53 - 1,
    yes: true,
    none: null,
    o: {},
    l: [],
    deep: [[{}], [[]]],
  };
  expect(read({ ...value, gone: undefined })).toEqual([value, value]);
});
