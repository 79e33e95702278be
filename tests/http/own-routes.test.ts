import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDispatcher } from '../../server/http/dispatcher.ts';
import { Files } from '../../server/operations/files.ts';
import { CallLimits } from '../../server/operations/limits.ts';
import { createRefusals } from '../../server/operations/refusal.ts';
import { createTelemetry } from '../../server/platform/observability/telemetry.ts';
import { problem } from '../../server/platform/problem-error.ts';
import { publicUrl, recordingLog, testConfig } from '../kit/app.ts';

// What docs/own-routes.md shows, and what it says of it.
function mountPages(app: Express): void {
  app.get('/robots.txt', (_req, res) => {
    res.setHeader('Cache-Control', 'public, max-age=3600');
    res.type('text/plain').send('User-agent: *\nDisallow: /\n');
  });
  app.post('/hooks/built', express.json({ limit: '100kb' }), async ({ body }, res) => {
    if (typeof body?.commit !== 'string') throw problem('malformed_request');
    res.status(202).json({ commit: body.commit });
  });
  app.get('/hooks/broken', () => {
    throw new Error('our mistake');
  });
}

const { log, logs } = recordingLog();
const refused: string[] = [];
const onRefused = async () => void refused.push('audited');
let server: Server;

beforeAll(async () => {
  const telemetry = createTelemetry({ sampleRatio: 0, log });
  const perMinute = { address: 8, credentials: 1, write: 1, read: 1 };
  const listener = createDispatcher(
    {
      config: testConfig('postgres://unused'),
      log,
      telemetry,
      stopping: new AbortController().signal,
    },
    {
      contract: {},
      operations: {
        plans: new Map(),
        limits: new CallLimits(perMinute, telemetry.limits),
        files: new Files(1_024, telemetry.uploads),
        refusals: createRefusals({ constraints: {}, publicUrl, log, onRefused }),
      },
      mountPages,
    },
  );
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

function send(path: string, init?: RequestInit): Promise<Response> {
  const { port } = server.address() as AddressInfo;
  return fetch(`http://127.0.0.1:${port}${path}`, init);
}

const json = (body: unknown) => ({
  method: 'POST',
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
});

describe('a route of our own beside the contract', () => {
  it('has an id, the headers of a page and a line in the log', async () => {
    const answer = await send('/robots.txt');
    expect(await answer.text()).toBe('User-agent: *\nDisallow: /\n');
    const id = answer.headers.get('x-request-id');
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-security-policy': expect.stringMatching(/^default-src 'none';script-src 'self';/),
      'x-permitted-cross-domain-policies': 'none',
      'x-content-type-options': 'nosniff',
      'cache-control': 'public, max-age=3600',
      ratelimit: expect.stringMatching(/^"address"; r=7/),
    });
    await expect
      .poll(() => logs)
      .toContainEqual(
        expect.objectContaining({ requestId: id, operation: null, route: null, status: 200 }),
      );
  });

  it('reads a body only with a reader of its own', async () => {
    const answer = await send('/hooks/built', json({ commit: 'c0ffee' }));
    expect([answer.status, await answer.json()]).toEqual([202, { commit: 'c0ffee' }]);
  });

  it.each([
    ['a problem that it throws', json({}), '/hooks/built', 400, 'malformed_request'],
    ['a body that is no JSON', { ...json(0), body: '{' }, '/hooks/built', 400, 'malformed_request'],
    ['what it did not mean to throw', {}, '/hooks/broken', 500, 'internal_error'],
    ['another method', { method: 'PUT' }, '/robots.txt', 404, 'not_found'],
    ['another spelling', {}, '/Robots.txt', 404, 'not_found'],
  ])('answers %s with a problem, and audits nothing', async (_, init, path, status, code) => {
    const answer = await send(path, init);
    expect([answer.status, await answer.json()]).toMatchObject([status, { code }]);
    expect(refused).toEqual([]);
  });

  it('counts towards the limit of its address', async () => {
    await send('/robots.txt');
    const answer = await send('/robots.txt');
    expect(answer.status).toBe(429);
    expect(answer.headers.get('retry-after')).toMatch(/^\d+$/);
  });
});
