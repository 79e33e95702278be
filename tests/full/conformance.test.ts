import { describe, expect, it } from 'vitest';
import { strangers } from '../conformance/callers.ts';
import { drive, goodIn, isProven } from '../conformance/drive.ts';
import { givenBy } from '../conformance/given.ts';
import { document, published, readDocument } from '../kit/document.ts';
import { startMock } from '../kit/mock.ts';
import { conform } from './conforming.ts';

/** The same requests each time: the gate must not depend on a draw. The long tests draw others. */
const seed = Number(process.env.CONFORMANCE_SEED ?? 171_117);

// `npm run test:long` sends fifty thousand.
it(`two thousand requests made of the document are answered as it says (CONFORMANCE_SEED=${seed})`, async () => {
  const { deviations, statuses, operations } = await conform(2_000, seed);
  expect(deviations).toEqual([]);
  // Every operation was asked, well and badly, and most have done what they are there for.
  expect([...operations].filter(([, { asked }]) => asked < 10)).toEqual([]);
  const good = goodIn({ deviations, statuses, operations });
  expect(good).toBeGreaterThan(operations.size / 2);
  expect(Object.keys(statuses)).toEqual(
    expect.arrayContaining(['200', '201', '204', '400', '401', '403', '404', '409', '415', '422']),
  );
});

describe('a deployment that does not keep its promise', () => {
  /** The mock, held to a document that promises something else. */
  async function deviationsUnder(change: (changed: typeof document) => void) {
    const changed = structuredClone(document);
    change(changed);
    const mock = await startMock();
    const callers = async () => [{ Authorization: 'Bearer mock-admin' }];
    const driving = { url: mock.url, read: readDocument(changed), requests: 300, seed, callers };
    const { deviations } = await drive(driving);
    await mock.close();
    return deviations.map(({ operation, what }) => `${operation}: ${what}`);
  }

  it('is told of, whatever it breaks', async () => {
    const told = await deviationsUnder(({ paths, components }) => {
      const { get } = paths['/api/v1/me'] ?? {};
      if (get) get.responses = { 201: get.responses[200] ?? {} };
      const list = paths['/api/v1/permissions']?.get;
      if (list) list.security = [{ bearer: [] }];
      const { User } = components.schemas;
      Object.assign(User ?? {}, { required: ['shoeSize'] });
      const health = paths['/api/v1/health/liveness']?.get;
      if (health) health.security = [{ bearer: [] }];
    });
    expect(told).toContainEqual(expect.stringMatching(/^meGet: .* 200 is not in/));
    expect(told).toContainEqual(expect.stringMatching(/breaks its schema: .*shoeSize/));
    expect(told).toContainEqual('healthLiveness: a stranger gets 200, and is not refused');
  });

  it('is told of where it takes what it should refuse', async () => {
    const told = await deviationsUnder((changed) => {
      const { post } = changed.paths['/api/v1/roles'] ?? {};
      changed.paths = post ? { '/api/v1/roles': { post } } : {};
      const { NewRole } = changed.components.schemas;
      const { description } = (NewRole?.properties ?? {}) as { description?: object };
      Object.assign(description ?? {}, { maxLength: 3 });
    });
    expect(told.filter((one) => one.startsWith('rolesCreate'))).toContainEqual(
      expect.stringMatching(/it takes a text that is too long: 201/),
    );
  });
});

it('finds nothing in the mock, which is made of the same document', async () => {
  const mock = await startMock();
  const callers = async () => [{ Authorization: 'Bearer mock-admin' }];
  const driving = { url: mock.url, read: published, requests: 1_000, seed, callers };
  const { deviations, statuses } = await drive(driving);
  await mock.close();
  expect(deviations).toEqual([]);
  expect(Number(statuses[200])).toBeGreaterThan(100);
});

it('drives as a stranger where nobody can sign in', async () => {
  const mock = await startMock();
  const { statuses, deviations } = await drive({
    url: mock.url,
    read: published,
    requests: 200,
    seed,
    callers: strangers,
  });
  await mock.close();
  expect(deviations).toEqual([]);
  expect(Number(statuses[401])).toBeGreaterThan(50);
});

it.each(['2k', '0', '-1', '', '1e3'])('drives no %j requests', (requests) => {
  expect(() => givenBy(['http://localhost', `--requests=${requests}`])).toThrow('--requests takes');
});

it('a run in which nothing was good proves nothing', () => {
  const asked = (good: number) => new Map([['meGet', { asked: 10, good }]]);
  const driven = { statuses: { 401: 10 }, deviations: [] };
  expect(isProven({ ...driven, operations: asked(0) })).toBe(false);
  expect(isProven({ ...driven, operations: asked(1) })).toBe(true);
});
