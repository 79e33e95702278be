import { describe, expect, it } from 'vitest';
import { contract } from '../../contract/index.ts';
import { anyone, signedIn } from '../../contract/kit/access.ts';
import type { AppRouter } from '../../contract/kit/api.ts';
import { liveStream } from '../../contract/kit/facets/streams.ts';
import { operationsOf } from '../../contract/kit/operations.ts';
import { AuditEntry } from '../../server/platform/audit/entry.ts';
import { useApp } from '../kit/app.ts';
import { quickSession } from '../kit/quick-session.ts';

const live = { streams: { contentType: 'text/event-stream', live: true } };
const late = operationsOf(contract).filter(({ staleness }) => staleness);

describe('what may be late', () => {
  it('are heavy reads of which a slightly old answer hurts nobody', () => {
    expect(late.map(({ name, staleness }) => `${name}: ${staleness}`).toSorted()).toEqual([
      'audit.list: bounded',
      'me.listActivity: bounded',
      'users.list: bounded',
      'users.statistics: shared',
    ]);
  });

  it('is said in the document', () => {
    for (const { described, staleness } of late) {
      expect(described).toMatchObject({ 'x-staleness': staleness });
    }
  });

  // The compiler refuses the first; this is for contracts that came around it.
  it.each<[string, string, object, RegExp]>([
    ['changes something', 'POST', {}, /only what changes nothing/],
    ['signs somebody in', 'GET', { sends: ['Set-Cookie'] }, /who is signed in/],
    ['says what credentials become', 'GET', { credentials: 'keep' }, /who is signed in/],
    ['goes on', 'GET', live, /goes on by itself/],
    ['is tagged', 'GET', { conditional: true }, /a state that is over/],
  ])('is refused at start for what %s', (_, method, metadata, message) => {
    expect(() => operationOf(method, metadata)).toThrow(message);
  });

  it('is nothing that was not declared', () => {
    expect(operationOf('GET', {})?.staleness).toBe('bounded');
    expect(operationOf('GET', { staleness: undefined })?.staleness).toBeUndefined();
  });

  function operationOf(method: string, metadata: object) {
    const endpoint = {
      ...{ method, path: '', summary: 'x', description: 'x' },
      responses: 'streams' in metadata ? { 200: liveStream('x') } : {},
      metadata: {
        access: method === 'GET' ? anyone : signedIn(),
        staleness: 'bounded',
        ...metadata,
      },
    };
    return operationsOf({ tea: { get: endpoint } } as unknown as AppRouter)[0];
  }
});

describe('a read that may be late', () => {
  const app = useApp();

  it.each(late.map(({ name }) => name))('changes nothing: %s', async (name) => {
    const permissions = ['audit:read', 'users:read', 'users:manage'] as const;
    const { headers, userId } = await quickSession(app, { permissions: [...permissions] });
    const caller = { authorization: headers.Authorization };
    const { status } = await app.perform(name, { origin: 'graphql', address: '127.0.0.1', caller });
    expect(status).toBe(200);
    expect(await AuditEntry.query(app.db).where({ actor: userId })).toEqual([]);
  });
});
