import { describe, expect, it } from 'vitest';
import { OriginCheck, type OriginHeaders } from '../../../server/platform/auth/origin.ts';

const own = 'https://charter.test';
const friend = 'https://app.example.com';
const check = new OriginCheck(own, [friend]);

function isLet(assert: () => void): boolean {
  try {
    assert();
    return true;
  } catch {
    return false;
  }
}

/** Headers, whether they prove the origin for a cookie, and whether they may start a sign-in. */
const cases: [string, OriginHeaders, boolean, boolean][] = [
  ['the own page', { origin: own, 'sec-fetch-site': 'same-origin' }, true, true],
  ['an allowed page', { origin: friend, 'sec-fetch-site': 'cross-site' }, true, true],
  [
    'another page',
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    false,
    false,
  ],
  ['a page that hides its origin', { origin: 'null' }, false, false],
  ['the own host over HTTP', { origin: 'http://charter.test' }, false, false],
  ['the own host on another port', { origin: `${own}:8443` }, false, false],
  ['a host that begins alike', { origin: `${own}.evil.example` }, false, false],
  [
    'an origin that lies about its site',
    { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' },
    false,
    false,
  ],
  ['no origin, same site by its browser', { 'sec-fetch-site': 'same-origin' }, true, true],
  ['no origin, a sibling site', { 'sec-fetch-site': 'same-site' }, false, false],
  ['no origin, a site that nobody knows', { 'sec-fetch-site': 'elsewhere' }, false, false],
  ['an empty origin', { origin: '', 'sec-fetch-site': 'same-origin' }, false, false],
  ['no origin, another site', { 'sec-fetch-site': 'cross-site' }, false, false],
  ['a bookmark', { 'sec-fetch-site': 'none' }, false, true],
  ['a program that is no browser', {}, false, true],
];

describe.each(cases)('a request from %s', (_who, headers, isProven, isHarmless) => {
  it(`${isProven ? 'may' : 'may not'} act with a cookie`, () => {
    expect(isLet(() => check.assertProven(headers))).toBe(isProven);
  });

  it(`${isHarmless ? 'may' : 'may not'} sign somebody in`, () => {
    expect(isLet(() => check.assertNotForeign(headers))).toBe(isHarmless);
  });
});

it('is refused as a cross-site request', () => {
  expect(() => check.assertProven({})).toThrow(
    expect.objectContaining({ code: 'cross_site_request' }),
  );
});
