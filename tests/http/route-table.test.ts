import { describe, expect, it } from 'vitest';
import { RouteTable } from '../../server/http/route-table.ts';

function tableOf(...patterns: string[]): RouteTable<string> {
  const table = new RouteTable<string>();
  for (const pattern of patterns) table.entryOf(pattern, () => pattern);
  return table;
}

describe('an address', () => {
  const table = tableOf(
    '/users',
    '/users/:userId',
    '/users/statistics',
    '/users/:userId/roles/:roleId',
    '/users/me/sessions',
  );

  it.each([
    ['/users', '/users', {}],
    ['/users/7', '/users/:userId', { userId: '7' }],
    ['/users/statistics', '/users/statistics', {}],
    ['/users/7/roles/9', '/users/:userId/roles/:roleId', { userId: '7', roleId: '9' }],
    ['/users/me/sessions', '/users/me/sessions', {}],
    ['/users/me/roles/9', '/users/:userId/roles/:roleId', { userId: 'me', roleId: '9' }],
    ['/users/a%2Fb', '/users/:userId', { userId: 'a%2Fb' }],
    ['/users/__proto__', '/users/:userId', { userId: '__proto__' }],
  ])('%s leads to %s', (path, entry, params) => {
    expect(table.find(path)).toEqual({ entry, params });
  });

  it.each([
    '',
    '/',
    'users',
    '/users/',
    '/Users',
    '//users',
    '/users//',
    '/users/7/',
    '/users/7/roles',
    '/users/7/roles/',
    '/users//roles/9',
    '/users/7/roles/9/10',
    '/%75sers',
    '/users?limit=1',
  ])('that nobody declared leads nowhere: %s', (path) => {
    expect(table.find(path)).toBeUndefined();
  });
});

describe('a table', () => {
  it('keeps one entry per address', () => {
    const table = tableOf('/users', '/users/:userId');
    expect(table.entryOf('/users', () => 'another')).toBe('/users');
    expect(table.entryOf('/users/:userId', () => 'another')).toBe('/users/:userId');
  });

  it('takes no second name for a parameter', () => {
    expect(() => tableOf('/users/:userId', '/users/:id')).toThrow('otherwise than its neighbours');
  });

  it('finds its way back from a fixed segment that leads nowhere', () => {
    const table = tableOf('/a/b/c', '/a/:x/d', '/:y/b/e');
    expect(table.find('/a/b/d')).toEqual({ entry: '/a/:x/d', params: { x: 'b' } });
    expect(table.find('/a/b/e')).toEqual({ entry: '/:y/b/e', params: { y: 'a' } });
  });
});
