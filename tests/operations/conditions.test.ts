import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { anyone } from '../../contract/kit/access.ts';
import { type AppRouter, c, type Endpoints, under } from '../../contract/kit/api.ts';
import { operationsOf } from '../../contract/kit/operations.ts';
import { conditionsOf } from '../../server/operations/conditions.ts';
import { matches, matchesWeakly, readTags, tagOf } from '../../server/operations/entity-tags.ts';

const Tea = z.object({ cups: z.int() });
const said = { summary: 'Tea', description: 'All about tea.' };
const get = {
  ...said,
  method: 'GET',
  path: '/:teaId',
  pathParams: z.object({ teaId: z.string() }),
  responses: { 200: Tea },
  metadata: { access: anyone, conditional: true },
} as const;
const remove = {
  ...said,
  method: 'DELETE',
  path: '/:teaId',
  pathParams: get.pathParams,
  responses: { 204: c.noBody() },
  metadata: { access: anyone, conditional: 'required' },
} as const;

function operationsIn(endpoints: Endpoints) {
  const tea = c.router(endpoints, under('/tea'));
  return operationsOf({ tea } as unknown as AppRouter);
}

const refusing = (work: () => unknown) => {
  try {
    return work();
  } catch (error) {
    return (error as { code?: string }).code ?? error;
  }
};

describe('a change that requires a condition', () => {
  const [, removing] = operationsIn({ get, remove });
  const read = removing?.conditional && conditionsOf(removing.conditional);

  it('is refused without one, and another kind of condition is none', () => {
    expect(removing?.problems).toContain('precondition_required');
    expect(refusing(() => read?.({}))).toBe('precondition_required');
    expect(refusing(() => read?.({ 'if-none-match': '"a"' }))).toBe('precondition_required');
    expect(removing?.parameters).toMatchObject([{ name: 'If-Match', required: true }]);
  });

  it('compares what is there as a read would show it', () => {
    const tag = tagOf('{"cups":2}');
    const view = (cups: number) => ({ cups, secret: 'undeclared' });
    const holds = (header: string, cups: number) =>
      read?.({ 'if-match': header }).expects(view)?.(cups);
    expect([holds(tag, 2), holds(tag, 3), holds('*', 3), holds(`W/${tag}`, 2)]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });
});

it('is declared where the same address is read with it, and answers neither a page nor a stream', () => {
  const bare = { ...get, metadata: { access: anyone } } as const;
  const page = z.object({ items: z.array(Tea), nextCursor: z.string().nullable() });
  const pages = { ...get, responses: { 200: page } } as const;
  const elsewhere = { ...get, path: '/other/:teaId' } as const;
  const wrong: Endpoints[] = [
    { remove },
    { get: bare, remove },
    { get: pages },
    { get: elsewhere, remove },
  ];
  for (const endpoints of wrong)
    expect(() => operationsIn(endpoints)).toThrow(/is conditional, but/);
});

describe('a list of tags', () => {
  it.each([
    ['"a"', ['"a"']],
    ['W/"a" , "b,c",,"",', ['W/"a"', '"b,c"', '""']],
    [', "é!"', ['"é!"']],
  ])('is read as RFC 9110 writes it: %s', (header, tags) => {
    expect(readTags(header)).toEqual(new Set(tags));
  });

  it.each(['', 'a', '"a', 'w/"a"', '"a" "b"', '"a";"b"', '*, "a"', '"a b"', ','])(
    'is refused where it is none: %s',
    (header) => {
      expect(refusing(() => readTags(header))).toBe('malformed_request');
    },
  );

  it('is read in no time, whatever stands in it', () => {
    const long = `${'"a",  ,'.repeat(20_000)}"`;
    expect(refusing(() => readTags(long))).toBe('malformed_request');
    expect(readTags(long.slice(0, -1))).toEqual(new Set(['"a"']));
  });

  it('is compared strongly, or weakly', () => {
    const weak = new Set(['W/"a"']);
    expect([matches(weak, '"a"'), matchesWeakly(weak, '"a"')]).toEqual([false, true]);
    expect([matches('*', '"a"'), matchesWeakly(new Set(['"a"']), '"b"')]).toEqual([true, false]);
  });
});
