import { describe, expect, it } from 'vitest';
import { type Access, anyone, anyoneKnown, signedIn } from '../../contract/kit/access.ts';
import type { AppRouter } from '../../contract/kit/api.ts';
import { cacheControlOf, type Kept, varyOf } from '../../contract/kit/facets/cache.ts';
import { operationsOf } from '../../contract/kit/operations.ts';
import { useApp } from '../kit/app.ts';
import { aHolderOf } from '../kit/holder.ts';
import { quickSession } from '../kit/quick-session.ts';

const byAnybody: Kept = { by: 'anybody', seconds: 60 };
const byCaller: Kept = { by: 'caller', seconds: 60 };

describe('what others may keep', () => {
  it.each<[Kept | undefined, string, string | undefined]>([
    [undefined, 'no-store', undefined],
    [byAnybody, 'public, max-age=60', undefined],
    [byCaller, 'private, max-age=60', 'Authorization, Cookie'],
    [{ by: 'caller', seconds: 0 }, 'private, no-cache', 'Authorization, Cookie'],
    [{ ...byAnybody, staleIfErrorSeconds: 9 }, 'public, max-age=60, stale-if-error=9', undefined],
  ])('%j is said by headers', (kept, cacheControl, vary) => {
    expect([cacheControlOf(kept), varyOf(kept)]).toEqual([cacheControl, vary]);
  });

  // The compiler refuses it first; this is for contracts that came around it.
  it.each<[string, object, RegExp]>([
    ['by everybody, and needs a caller', { access: signedIn(), cache: byAnybody }, /by the caller/],
    ['by everybody, and may know one', { access: anyoneKnown, cache: byAnybody }, /by the caller/],
    [
      'with a cookie',
      { access: anyone, cache: byAnybody, sends: ['Set-Cookie'] },
      /sets a cookie is for one/,
    ],
  ])('is refused at start: %s', (_, metadata, message) => {
    expect(() => operationOf({ metadata })).toThrow(message);
  });

  it('is refused at start for what changes something', () => {
    const metadata = { access: anyone as Access, cache: byAnybody };
    expect(() => operationOf({ method: 'POST', metadata })).toThrow('only what GET answers');
    expect(operationOf({ metadata })?.cacheControl).toBe('public, max-age=60');
  });

  function operationOf(fields: object) {
    const endpoint = { method: 'GET', path: '', summary: 'x', description: 'x', responses: {} };
    return operationsOf({ tea: { get: { ...endpoint, ...fields } } } as unknown as AppRouter)[0];
  }
});

describe('an answer', () => {
  const app = useApp();
  const headersOf = async (path: string, init?: RequestInit) => {
    const { status, headers } = await app.request(path, init);
    return [status, headers.get('cache-control'), headers.get('vary')];
  };

  it('says that proxies may keep what is the same for everybody', async () => {
    expect(await headersOf('/.well-known/jwks.json')).toEqual([
      200,
      'public, max-age=300',
      'Origin',
    ]);
  });

  it('says that the caller alone may keep what needs one, and keeps callers apart', async () => {
    const { headers } = await quickSession(app, { permissions: ['roles:read'] });
    expect(await headersOf('/api/v1/permissions', { headers })).toEqual([
      200,
      'private, max-age=300',
      'Origin, Authorization, Cookie',
    ]);
  });

  it('is kept by nobody when it is a refusal, whatever was declared', async () => {
    expect(await headersOf('/api/v1/permissions')).toEqual([401, 'no-store', 'Origin']);
    const { headers } = await quickSession(app, { permissions: [] });
    expect(await headersOf('/api/v1/permissions', { headers })).toEqual([
      403,
      'no-store',
      'Origin',
    ]);
    const answer = await (await aHolderOf(app, 'roles:read')).permissions.list();
    expect(answer.status).toBe(200);
  });
});
