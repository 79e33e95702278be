import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, it } from 'vitest';
import { useApp } from '../kit/app.ts';
import { eventually } from '../kit/eventually.ts';
import { quickSession } from '../kit/quick-session.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const app = useApp();
const megabyte = 1024 * 1024;
const perRound = 50;

/** A document that nobody has sent before, as long as a hundred and sixty of those that people write. */
let sent = 0;
function document(text: string): string {
  sent += 1;
  return `# ${sent} ${'x'.repeat(8_000)}\n${text}`;
}

/** What every caller may come with; each of them once more is a request of its own. */
const documents = [
  'query Q { me { username roles { name permissions } } sessions { id user { ... on User { id } } } }',
  'query Q { users(first: 20) { nodes { ... on User { id roles { name } } } edges { cursor } totalCount } }',
  'query Q { auditEntries(first: 20) { nodes { operation actorUser { ... on User { username } } } } }',
  'mutation M { updateMe(input: { fullName: "Grace" }) { __typename } }',
  'mutation M { removeRole(roleId: "01994c1e-8a10-7d3c-b0f1-2c4d6e8f0d43") { __typename } }',
  'query Q { users(first: 1000) { nodes { __typename } } }',
  'query Q { auditEntries(first: 200) { nodes { actorUser { ... on User { roles { name } } } } } again: users(first: 200) { nodes { ... on User { roles { name } } } } more: users(first: 200) { nodes { ... on User { roles { name } } } } }',
  'query Q { nothing }',
  'query Q { me {',
];

async function round(headers: Record<string, string>): Promise<void> {
  const send = (query: string, more: RequestInit = {}, accept = '*/*') =>
    fetch(`${app.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers, accept },
      body: JSON.stringify({ query: document(query) }),
      ...more,
    });
  for (let time = 0; time < perRound; time += 1) {
    const answers = documents.map(async (query) => (await send(query)).text());
    expect(await Promise.all(answers)).toHaveLength(documents.length);
    const leaving = new AbortController();
    const left = send(documents[1] ?? '', { signal: leaving.signal }).catch(() => undefined);
    const following = await send(
      'subscription S { events { id } }',
      { signal: leaving.signal },
      'text/event-stream',
    );
    expect(following.status).toBe(200);
    leaving.abort();
    await left;
  }
  await eventually(async () => {
    expect(await app.scrape()).toContainEqual(
      expect.stringMatching(/^charter_live_events_open 0$/),
    );
  });
}

/** What is still held when nobody asks any more. */
async function held(): Promise<number> {
  // The kit keeps each line of the log.
  app.logs.length = 0;
  await new Promise((resolve) => setImmediate(resolve));
  for (let time = 0; time < 3; time += 1) collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / megabyte;
}

it('thousands of documents that nobody sent before leave nothing in memory', async () => {
  const { headers } = await quickSession(app, { roles: ['admin'] });
  const after: number[] = [];
  // The first one fills what is kept of documents that were sent lately.
  for (let time = 0; time < 4; time += 1) {
    await round(headers);
    after.push(await held());
  }
  // Whatever keeps their texts grows by four megabytes in each round, and has done so twice by then.
  const left = Math.min(...after.slice(2)) - (after[0] ?? 0);
  expect(left, `megabytes: ${after.map(Math.round).join()}`).toBeLessThan(4);
});
