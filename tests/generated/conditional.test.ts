import { describe, expect, it } from 'vitest';
import type { Operation } from '../../contract/kit/operations.ts';
import { refusal, tally } from '../kit/answers.ts';
import { useApp } from '../kit/app.ts';
import { type Answer, ask } from '../kit/ask.ts';
import { collide, writesTo } from '../kit/collide.ts';
import { contentOf } from '../kit/content.ts';
import { sending } from '../kit/credentials.ts';
import { named, operations, requestOf } from '../kit/operations.ts';
import { goodInput } from './good-input.ts';
import { type Somebody, somebodyFor } from './some-things.ts';

const origin = 'https://app.example.com';
const app = useApp({ CORS_ORIGINS: origin });
const conditional = named.filter(([, operation]) => operation.conditional);
const reads = conditional.filter(([, { conditional: of }]) => of?.isRead);
const changes = conditional.filter(([, { conditional: of }]) => !of?.isRead);
const stale = `"${'x'.repeat(43)}"`;

/** Asks as an administrator to whom the things belong. */
function say(
  operation: Operation,
  { headers, things }: Somebody,
  conditions: Record<string, string> = {},
): Promise<Answer> {
  const input = goodInput(operation, things);
  return ask(app, operation, { ...input, headers: { ...headers, ...conditions } });
}

/** The read of what a change changes. */
function readOf({ noun, route }: Operation): Operation {
  const found = operations.find(
    (one) => one.noun === noun && one.conditional?.isRead && one.route.path === route.path,
  );
  if (!found) throw new Error(`Nothing is read at ${route.path}`);
  return found;
}

async function tagOf(operation: Operation, somebody: Somebody): Promise<string> {
  return (await say(readOf(operation), somebody)).headers.etag ?? '';
}

function operationOf(name: string): Operation {
  return operations.find((one) => one.name === name) as Operation;
}

describe.each(reads)('%s', (_name, operation) => {
  it('tags what it shows, the same each time, and says when nothing is new', async () => {
    const somebody = await somebodyFor(app, operation);
    const first = await say(operation, somebody);
    const etag = first.headers.etag ?? '';
    expect([first.status, etag]).toEqual([200, expect.stringMatching(/^"[\w-]{43}"$/)]);
    for (const header of [etag, `W/${etag}`, `"a,b", ${etag} ,`, '*']) {
      const { status, text, headers } = await say(operation, somebody, { 'If-None-Match': header });
      const told = { status, text, etag: headers.etag };
      expect(told, header).toEqual({ status: 304, text: '', etag });
      expect(headers, header).not.toHaveProperty('content-length');
    }
    const again = await say(operation, somebody, { 'If-None-Match': stale });
    expect([again.status, again.text, again.headers.etag]).toEqual([200, first.text, etag]);
    const [path] = requestOf(operation, { params: somebody.things });
    const head = { method: 'HEAD', headers: somebody.headers };
    const asked = { ...head, headers: { ...head.headers, 'If-None-Match': etag } };
    expect((await app.request(path, head)).headers.get('etag')).toBe(etag);
    expect((await app.request(path, asked)).status).toBe(304);
  });

  it('refuses conditions that do not hold or cannot be read, and tags no refusal', async () => {
    const somebody = await somebodyFor(app, operation);
    const refusals = [
      await say(operation, somebody, { 'If-Match': stale }),
      await say(operation, somebody, { 'If-None-Match': 'unquoted' }),
      await ask(app, operation, { params: somebody.things }),
    ];
    const codes = ['precondition_failed', 'malformed_request', 'unauthenticated'];
    expect(refusals.map(({ code }) => code)).toEqual(codes);
    expect(refusals.filter(({ headers }) => 'etag' in headers)).toEqual([]);
  });
});

it('whoever has seen something else changes nothing, and leaves no entry', async () => {
  const callers = changes.map(async ([, operation]) => {
    const somebody = await somebodyFor(app, operation);
    return { operation, somebody, tag: await tagOf(operation, somebody) };
  });
  const all = await Promise.all(callers);
  const before = [await contentOf(app), await countEntries()];
  for (const { operation, somebody, tag } of all) {
    const code = async (conditions: Record<string, string>) =>
      (await say(operation, somebody, conditions)).code;
    const codes = [
      await code({ 'If-Match': stale }),
      await code({ 'If-Match': `W/${tag}` }),
      await code({ 'If-None-Match': tag }),
      await code({ 'If-Match': tag.slice(1) }),
    ];
    const failed = 'precondition_failed';
    expect(codes, operation.name).toEqual([failed, failed, failed, 'malformed_request']);
  }
  expect([await contentOf(app), await countEntries()]).toEqual(before);
});

describe.each(changes)('%s', (_name, operation) => {
  const isRemoval = operation.route.method === 'DELETE';

  it('does it for whoever has seen what is there, and tells the new tag', async () => {
    const somebody = await somebodyFor(app, operation);
    const tag = await tagOf(operation, somebody);
    const changed = await say(operation, somebody, { 'If-Match': `${stale}, ${tag}` });
    expect(changed.status).toBe(isRemoval ? 204 : 200);
    if (isRemoval) return;
    const { text, headers } = await say(readOf(operation), somebody, { 'If-None-Match': tag });
    expect([headers.etag, text]).toEqual([changed.headers.etag, changed.text]);
    expect(headers.etag).not.toBe(tag);
    expect((await say(operation, somebody, { 'If-Match': '*' })).status).toBe(200);
  });

  it('lets one of two do it who have seen the same', async () => {
    const somebody = await somebodyFor(app, operation);
    const conditions = { 'If-Match': await tagOf(operation, somebody) };
    const change = () => say(operation, somebody, conditions);
    const hold = writesTo('users', 'roles', 'service_accounts', 'webhook_endpoints', 'revocations');
    const answers = await collide(app, hold, [change, change]);
    expect(tally(answers)).toEqual(isRemoval ? { 204: 1, 404: 1 } : { 200: 1, 412: 1 });
  });
});

describe('the client', () => {
  it('changes what nobody else has changed meanwhile', async () => {
    const { headers, things } = await somebodyFor(app, operationOf('roles.get'));
    const { roleId = '' } = things;
    const { roles } = app.client(sending(headers));
    const { etag: ifMatch } = await roles.get({ roleId });
    const first = await roles.update({ roleId, ifMatch, body: { description: 'mine' } });
    const second = await roles.update({ roleId, ifMatch, body: { description: 'yours' } });
    expect(first).toMatchObject({ ok: true, body: { description: 'mine' } });
    expect(second).toMatchObject(refusal(412, 'precondition_failed'));
    expect(await roles.remove({ roleId, ifMatch: first.etag })).toMatchObject({ status: 204 });
  });

  it('asks for what has changed, and for everything without a tag', async () => {
    const { headers } = await somebodyFor(app, operationOf('me.get'));
    const { me } = app.client(sending(headers));
    const known = await me.get({ ifNoneMatch: undefined });
    const same = await me.get({ ifNoneMatch: known.etag });
    expect([known.status, same.status, same.etag]).toEqual([200, 304, known.etag]);
  });
});

describe('whoever else comes', () => {
  it('says conditions without HTTP, too', async () => {
    const { headers: sent } = await somebodyFor(app, operationOf('me.get'));
    const caller = { authorization: sent.Authorization };
    const call = { origin: 'graphql', address: '203.0.113.1', caller } as const;
    const { status, headers } = await app.perform('me.get', call);
    const { ETag: tag = '' } = headers;
    const same = await app.perform('me.get', { ...call, preconditions: { 'if-none-match': tag } });
    expect([status, same.status, same.headers.ETag]).toEqual([200, 304, tag]);
    const other = await app.perform('me.get', { ...call, preconditions: { 'if-match': stale } });
    expect(other).toMatchObject({ status: 412, body: { code: 'precondition_failed' } });
  });

  it('gets the same bytes, whatever encoding is asked for', async () => {
    const { headers } = await somebodyFor(app, operationOf('me.get'));
    const plain = await app.request('/api/v1/me', { headers });
    const text = await plain.text();
    for (const encoding of ['gzip, br', 'identity;q=0', '*;q=0', 'x'.repeat(200), '']) {
      const asked = { ...headers, 'Accept-Encoding': encoding };
      const answer = await app.request('/api/v1/me', { headers: asked });
      expect([answer.status, await answer.text()], encoding).toEqual([200, text]);
      expect(answer.headers.get('etag'), encoding).toBe(plain.headers.get('etag'));
      expect(answer.headers.has('content-encoding'), encoding).toBe(false);
    }
  });

  it('may be a page elsewhere, which says conditions and reads tags', async () => {
    const asked = { Origin: origin, 'Access-Control-Request-Method': 'PATCH' };
    const headers = { ...asked, 'Access-Control-Request-Headers': 'if-match,if-none-match' };
    const before = await app.request('/api/v1/me', { method: 'OPTIONS', headers });
    const told = await app.request('/api/v1/me', { headers: asked });
    expect(before.headers.get('access-control-allow-headers')).toBe('if-match,if-none-match');
    expect(told.headers.get('access-control-expose-headers')).toContain('ETag');
  });
});

async function countEntries(): Promise<unknown> {
  const [row] = await app.db('auditEntries').where({ result: 'done' }).count();
  return row;
}
