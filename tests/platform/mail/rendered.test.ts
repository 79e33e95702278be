import { describe, expect, it } from 'vitest';
import type { Part } from '../../../server/platform/mail/mail-kind.ts';
import { rendered } from '../../../server/platform/mail/rendered.ts';

const look = { productName: 'Charter & Söhne', colour: '#1f3a5f' };
const url = 'https://app.example.com/account/verify-email?token=abc&x=1';

const parts: Part[] = [
  'Somebody signed in.',
  { action: 'Look', url },
  { facts: { When: 'today', From: '203.0.113.7' } },
];

describe('a letter', () => {
  const letter = rendered({ subject: 'News', parts }, 'de', look);

  it('is a whole document, in its language and for both modes', () => {
    expect(letter.html).toMatch(/^<!doctype html>\n<html lang="de">/);
    expect(letter.html).toContain('<title>News</title>');
    expect(letter.html).toContain('prefers-color-scheme: dark');
    expect(letter.html).toContain('Charter &amp; Söhne');
    expect(letter.html).toContain(
      'href="https://app.example.com/account/verify-email?token=abc&amp;x=1"',
    );
  });

  it('says the same as text', () => {
    expect(letter.text).toBe(
      `Somebody signed in.\n\nLook:\n${url}\n\nWhen: today\nFrom: 203.0.113.7\n\n-- \nCharter & Söhne\n`,
    );
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'no address'])(
    'leads to no %s',
    (bad) => {
      const wrong = { subject: 'x', parts: [{ action: 'Go', url: bad }] };
      expect(() => rendered(wrong, 'en', look)).toThrow();
    },
  );

  it('is read on every colour', () => {
    const inkOn = (colour: string) =>
      /;color:(#\w+);text-decoration/.exec(
        rendered({ subject: 'x', parts }, 'en', { ...look, colour }).html,
      )?.[1];
    expect(inkOn('#000000')).toBe('#ffffff');
    expect(inkOn('#ffcc00')).toBe('#000000');
  });
});

/** A small random generator that is the same in every run. */
function* pieces(seed: number): Generator<string, never> {
  const odd = [
    '<',
    '>',
    '"',
    "'",
    '&',
    '</p>',
    '<script>',
    '-->',
    '{{',
    '\r\n',
    '\0',
    ' ',
    'ä',
    'x',
    '`',
    '=',
    '\u2028',
  ];
  for (let state = seed; ; ) {
    let text = '';
    for (let count = 0; count < 6; count += 1) {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      text += odd[state % odd.length];
    }
    yield text;
  }
}

it('escapes whatever it is told, everywhere', () => {
  const random = pieces(7);
  const next = () => random.next().value;
  const shape = (html: string) =>
    html.match(/<[^>]*>/g)?.map((tag) => tag.replace(/"[^"]*"/g, '""'));
  const letterOf = (text: () => string) =>
    rendered(
      {
        subject: text(),
        parts: [
          text(),
          { action: text(), url: `https://a.example/?t=${encodeURIComponent(text())}` },
          { facts: { [`1${text()}`]: text(), [`2${text()}`]: text() } },
        ],
      },
      'en',
      { ...look, productName: text() },
    );
  const plain = letterOf(() => 'plain');
  for (let round = 0; round < 500; round += 1) {
    const { html, text, subject } = letterOf(next);
    expect(shape(html)).toEqual(shape(plain.html));
    // Nobody can add a line, and so no link or fact, to what is written.
    expect(text.split('\n')).toHaveLength(plain.text.split('\n').length);
    expect(subject).not.toMatch(/\p{Cc}/u);
  }
});
