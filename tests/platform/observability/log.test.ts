import { describe, expect, it } from 'vitest';
import { bearer, tokensInMemory, unwrap } from '../../../client/index.ts';
import { type LogLine, recordingLog, useApp } from '../../kit/app.ts';
import { aMember, createPerson } from '../../kit/callers.ts';
import { eventually } from '../../kit/eventually.ts';
import { blockUsers, countWaiting } from '../../kit/outage.ts';

const app = useApp();

/** The access line of a request; it is written when the connection has taken the whole answer. */
function lineOf(id: string): Promise<LogLine> {
  return eventually(() => {
    const line = app.logs.find(({ msg, requestId }) => msg === 'request' && requestId === id);
    if (!line) throw new Error(`No line for ${id} yet`);
    return line;
  });
}

describe('the line of a request', () => {
  it('names operation, route template, status and duration', async () => {
    const headers = { 'X-Request-Id': 'a-line-for-liveness' };
    await app.request('/api/v1/health/liveness', { headers });
    expect(await lineOf('a-line-for-liveness')).toMatchObject({
      level: 'info',
      service: 'charter',
      method: 'GET',
      route: '/api/v1/health/liveness',
      operation: 'health.liveness',
      status: 200,
      durationMs: expect.any(Number),
      time: expect.stringMatching(/Z$/),
    });
  });

  it('names the actor, and never the address that was asked for', async () => {
    const member = await aMember(app);
    await app.request(`/api/v1/users/${member.id}`, {
      headers: {
        Authorization: `Bearer ${member.tokens().accessToken}`,
        'X-Request-Id': 'a-line-with-actor',
      },
    });
    expect(await lineOf('a-line-with-actor')).toMatchObject({
      actorId: member.id,
      route: '/api/v1/users/:userId',
    });
  });

  it('groups unknown addresses and repeats none of them', async () => {
    const headers = { 'X-Request-Id': 'a-line-for-nowhere' };
    await app.request('/made-up/by-a-scanner?token=hunter2', { headers });
    const line = await lineOf('a-line-for-nowhere');
    expect(line).toMatchObject({ route: null, operation: null, status: 404 });
    expect(JSON.stringify(line)).not.toMatch(/scanner|hunter2/);
  });

  it('says 499 where the caller went away before the answer', async () => {
    const gone = new AbortController();
    const unblock = await blockUsers(app);
    const body = JSON.stringify({ identifier: 'x', password: 'y', delivery: 'tokens' });
    const headers = { 'Content-Type': 'application/json', 'X-Request-Id': 'a-line-for-nobody' };
    const call = { method: 'POST', headers, body, signal: gone.signal };
    const answer = fetch(`${app.url}/api/v1/auth/login`, call).catch(() => 'gone');
    await eventually(async () => expect(await countWaiting(app)).toBe(1));
    gone.abort();
    expect(await answer).toBe('gone');
    expect(await lineOf('a-line-for-nobody')).toMatchObject({ status: 499 });
    await unblock();
  });
});

describe('the log', () => {
  it('holds no password, no token and no cookie after a life of an account', async () => {
    const person = await createPerson(app);
    const store = tokensInMemory();
    const client = app.client(bearer(store));
    const { username: identifier, password } = person;
    await unwrap(client.auth.login({ body: { identifier, password, delivery: 'tokens' } }));
    const tokens = await store.read();
    await unwrap(client.me.get());
    await client.auth.refresh({ body: { refreshToken: tokens?.refreshToken ?? '' } });
    const all = JSON.stringify(app.logs);
    expect(tokens?.accessToken.length).toBeGreaterThan(100);
    for (const secret of [password, tokens?.accessToken, tokens?.refreshToken]) {
      expect(all).not.toContain(secret);
    }
  });

  it('hides what is called like a secret, down to the second level', () => {
    const { log, logs } = recordingLog();
    const secrets = { password: 'hunter2', accessToken: 'hunter2', cookie: 'hunter2' };
    log.info({
      ...secrets,
      body: secrets,
      req: { headers: { ...secrets, 'set-cookie': 'hunter2' } },
    });
    expect(logs).toHaveLength(1);
    expect(JSON.stringify(logs)).not.toContain('hunter2');
    expect(JSON.stringify(logs)).toContain('[redacted]');
  });
});
