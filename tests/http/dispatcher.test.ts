import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AppRouter } from '@ts-rest/core';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { anyone, requires } from '../../contract/kit/access.ts';
import { c, type Endpoints, under } from '../../contract/kit/api.ts';
import {
  createDispatcher,
  type DispatcherParts,
  type DispatcherPlatform,
} from '../../server/http/dispatcher.ts';
import { Files } from '../../server/operations/files.ts';
import { CallLimits } from '../../server/operations/limits.ts';
import { compilePlans } from '../../server/operations/plans.ts';
import { createRefusals } from '../../server/operations/refusal.ts';
import type { Guard } from '../../server/platform/auth/guard.ts';
import { createTelemetry } from '../../server/platform/observability/telemetry.ts';
import { problem } from '../../server/platform/problem-error.ts';
import { publicUrl, recordingLog, testConfig } from '../kit/app.ts';

const Tea = z.object({ leaf: z.string(), cups: z.int() });

const endpoint = {
  method: 'POST',
  path: '',
  summary: 'Make tea',
  description: 'Makes tea.',
  body: z.strictObject({ cups: z.int() }),
  responses: { 200: Tea },
  metadata: { access: anyone, sends: ['Set-Cookie'] },
} as const;

const contract = c.router({
  tea: c.router(
    {
      make: endpoint,
      guarded: { ...endpoint, path: '/guarded', metadata: { access: requires('users:read') } },
    } satisfies Endpoints,
    under('/tea'),
  ),
});

const { log, logs } = recordingLog();
let answer: () => Promise<unknown>;
let handled = 0;
let server: Server;

const compiled: string[] = [];
const handler = () => {
  handled += 1;
  return answer();
};
const telemetry = createTelemetry({ sampleRatio: 0, log });
const perMinute = { address: 1e4, credentials: 1e4, write: 1e4, read: 1e4 };
const limits = new CallLimits(perMinute, telemetry.limits);
const guard: Guard = ({ name, access }) => {
  compiled.push(name);
  return {
    authenticate: () => undefined,
    authorize: () => {
      if (access.kind !== 'anyone') throw problem('permission_denied');
    },
  };
};
const plansOf = (router: AppRouter, handlers: Record<string, object>) =>
  compilePlans({ contract: router, handlers, guard, limits });
const files = new Files(1_024, telemetry.uploads);
const refusals = createRefusals({ constraints: {}, publicUrl, log, onRefused: async () => {} });
const config = testConfig('postgres://unused', { BODY_LIMIT_BYTES: '1024' });
const platform: DispatcherPlatform = {
  config,
  log,
  telemetry,
  stopping: new AbortController().signal,
};
const handlers = { tea: { make: handler, guarded: handler } };
const parts: DispatcherParts = {
  contract,
  operations: { plans: plansOf(contract, handlers), limits, files, refusals },
  mountPages: () => {},
};

beforeAll(async () => {
  server = createServer(createDispatcher(platform, parts)).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => server.close());

async function order(path = '', body: unknown = { cups: 1 }) {
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/tea${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: response.status, text: await response.text() };
}

describe('a handler', () => {
  it('answers what the contract declares', async () => {
    answer = async () => ({ status: 200, body: { leaf: 'assam', cups: 1 } });
    expect(await order()).toEqual({ status: 200, text: '{"leaf":"assam","cups":1}' });
  });

  it('never gives away a field that is not declared', async () => {
    answer = async () => ({ status: 200, body: { leaf: 'assam', cups: 1, recipe: 'secret' } });
    expect((await order()).text).not.toContain('secret');
  });

  it.each([
    ['a status that is not declared', { status: 201, body: { leaf: 'my-secret', cups: 1 } }],
    ['a field of another type', { status: 200, body: { leaf: 'assam', cups: 'my-secret' } }],
    ['too few fields', { status: 200, body: { leaf: 'my-secret' } }],
    ['nothing', { status: 200 }],
  ])('that answers %s breaks our promise: 500', async (_what, reply) => {
    answer = async () => reply;
    const { status, text } = await order();
    expect(status).toBe(500);
    expect(JSON.parse(text)).toMatchObject({ code: 'internal_error' });
    expect(text + JSON.stringify(logs)).not.toContain('my-secret');
  });

  it('that answers a header which cannot be sent, or is not declared, fails: 500', async () => {
    const body = { leaf: 'assam', cups: 1 };
    const answering = (headers: object) => async () => ({ status: 200, body, headers });
    for (const wrong of [{ 'Set-Cookie': 'as\r\nsam' }, { 'X-Leaf': 'assam' }]) {
      answer = answering(wrong);
      expect(JSON.parse((await order()).text)).toMatchObject({ code: 'internal_error' });
    }
    answer = answering({ 'Set-Cookie': 'assam' });
    expect((await order()).status).toBe(200);
  });

  it('that breaks our promise is told in the log by operation and field', async () => {
    answer = async () => ({ status: 200, body: { leaf: 'assam', cups: 'many' } });
    await order();
    expect(logs.findLast(({ msg }) => msg === 'request failed')).toMatchObject({
      err: { message: 'tea.make answered 200 with a wrong body: cups (invalid_type)' },
    });
  });

  it('that refuses with a problem which is not declared fails: 500', async () => {
    answer = async () => {
      throw problem('email_taken');
    };
    expect(JSON.parse((await order()).text)).toMatchObject({ status: 500, code: 'internal_error' });
    expect(logs.findLast(({ msg }) => msg === 'request failed')).toMatchObject({
      operation: 'tea.make',
      undeclaredProblem: 'email_taken',
    });
  });

  it.each([
    ['an error', new Error('relation "users" at /srv/app.ts:1')],
    ['a text', 'relation "users"'],
    ['nothing', undefined],
    ['null', null],
    ['an error that looks like the parser', Object.assign(new Error('relation'), { status: 400 })],
  ])('that throws %s says nothing of it: 500', async (_what, thrown) => {
    answer = () => Promise.reject(thrown);
    const { status, text } = await order();
    expect(status).toBe(500);
    expect(text).not.toMatch(/relation|\.ts/);
    expect(JSON.parse(text)).toMatchObject({ detail: 'Something went wrong here.' });
  });
});

describe('the contract', () => {
  it('is compiled once, at start, whatever is asked afterwards', async () => {
    answer = async () => ({ status: 200, body: { leaf: 'assam', cups: 1 } });
    await order();
    await order('', { cups: 'many' });
    // zod compiles a schema by making a function of it, when it is used for the first time.
    const made = vi.spyOn(globalThis, 'Function');
    for (let turn = 0; turn < 3; turn += 1) {
      await order();
      await order('', { cups: 'many' });
      await order('/guarded');
    }
    const functions = made.mock.calls.length;
    made.mockRestore();
    expect(functions).toBe(0);
    expect(compiled).toEqual(['tea.make', 'tea.guarded']);
  });
});

it('a request that cannot even be refused tears its connection, and the service goes on', async () => {
  const broken = { ...parts.operations, refusals: () => Promise.reject(new Error('no answer')) };
  const listener = createDispatcher(platform, { ...parts, operations: broken });
  const other = createServer(listener).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  await expect(fetch(`http://127.0.0.1:${port}/nowhere`)).rejects.toThrow('fetch failed');
  await expect(fetch(`http://127.0.0.1:${port}/nowhere`)).rejects.toThrow('fetch failed');
  expect(logs.findLast(({ level }) => level === 'error')).toMatchObject({
    msg: 'a request could not be answered',
  });
  other.close();
});

it('a tracer that throws costs its request, not the service', async () => {
  const tracerProvider = {
    getTracer: () => ({
      startSpan: () => {
        throw new Error('the sampler is broken');
      },
    }),
  } as never;
  const telemetry = createTelemetry({ sampleRatio: 1, tracerProvider, log });
  const other = createServer(createDispatcher({ ...platform, telemetry }, parts)).listen(
    0,
    '127.0.0.1',
  );
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  const statuses = [];
  for (let turn = 0; turn < 2; turn += 1) {
    statuses.push((await fetch(`http://127.0.0.1:${port}/nowhere`)).status);
  }
  other.close();
  expect(statuses).toEqual([500, 500]);
});

describe('the walk of a request', () => {
  it('ends before the input is read for a caller who may not', async () => {
    const before = handled;
    const { status } = await order('/guarded', 'x'.repeat(5_000));
    expect(status).toBe(403);
    expect(handled).toBe(before);
  });

  it('ends before the handler for input that breaks a rule', async () => {
    const before = handled;
    expect((await order('', { cups: 'many' })).status).toBe(422);
    expect(handled).toBe(before);
  });

  it('does not start for two operations at one address', () => {
    const twice = c.router({
      tea: c.router({ make: endpoint } satisfies Endpoints, under('/tea')),
      more: c.router({ make: endpoint } satisfies Endpoints, under('/tea')),
    });
    const handlers = { tea: { make: handler }, more: { make: handler } };
    const operations = { ...parts.operations, plans: plansOf(twice, handlers) };
    expect(() => createDispatcher(platform, { ...parts, contract: twice, operations })).toThrow(
      'POST /tea is in the contract twice',
    );
  });

  it('does not start for a contract without a handler', () => {
    expect(() => plansOf(contract, {})).toThrow('tea.make is in the contract');
  });
});
