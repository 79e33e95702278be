import pg from 'pg';
import { describe, expect, it } from 'vitest';
import {
  decodeInstant,
  decodeInstantText,
} from '../../../server/platform/db/statements/instants.ts';

const asPg = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ, 'text') as (
  text: string,
) => Date | number;

describe('an instant of PostgreSQL', () => {
  it.each([
    '2026-01-01 00:00:00+00',
    '2026-12-31 23:59:59.999999+00',
    '2024-02-29 12:00:00.5+01',
    '2026-06-30 04:05:06.05-05',
    '2026-06-30 04:05:06.123+05:30',
    '2026-06-30 04:05:06-03:30',
    '1900-01-01 00:00:00+00:19:32',
    '0100-01-01 00:00:00+00',
    '0099-01-01 00:00:00+00',
    '0001-01-01 00:00:00+00',
    '0044-03-15 00:00:00+00 BC',
    '0144-03-15 00:00:00+00 BC',
    '0144-03-15 00:00:00.25+05:30 BC',
    '12026-01-01 00:00:00+00',
  ])('is decoded as by pg: %s', (text) => {
    const expected = asPg(text) as Date;
    expect(decodeInstant(text)).toEqual(expected);
    expect(decodeInstantText(text)).toBe(expected.toISOString());
  });

  it.each(['infinity', '-infinity'])('is no date: %s', (text) => {
    expect(decodeInstant(text)).toBe(asPg(text));
    expect(decodeInstantText(text)).toBe(String(asPg(text)));
  });
});
