import { randomUUID } from 'node:crypto';
import { SpanKind } from '@opentelemetry/api';
import {
  InMemorySpanExporter,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { signedIn } from '../../contract/kit/access.ts';
import { apiPrefix, c, type Endpoints, under } from '../../contract/kit/api.ts';
import type { Mount } from '../../server/app.ts';
import type { Handlers } from '../../server/operations/handlers.ts';
import { startApp, type TestApp } from '../kit/app.ts';
import { type QuickSession, quickSession } from '../kit/quick-session.ts';

const relay = c.router(
  {
    get: {
      method: 'GET',
      path: '',
      summary: 'Ask for what is not allowed',
      description: 'Answers the id that another operation refuses with.',
      responses: { 200: z.object({ requestId: z.string() }) },
      metadata: { access: signedIn() },
    },
  } satisfies Endpoints,
  under(`${apiPrefix}/relay`),
);

let app: TestApp;
let member: QuickSession;
const exporter = new InMemorySpanExporter();

beforeAll(async () => {
  const tracerProvider = new TracerProvider({
    spanProcessors: [new SimpleSpanProcessor({ exporter })],
  });
  app = await startApp({}, { mount, tracerProvider });
  member = await quickSession(app);
});
afterAll(() => app.close());

/** A noun that performs another operation, as a second way in over HTTP does. */
const mount: Mount = () => {
  const handlers: Handlers<typeof relay> = {
    get: async ({ call }) => {
      const { body } = await app.perform('users.create', {
        origin: 'graphql',
        address: call.address,
        caller: { authorization: member.headers.Authorization },
      });
      return { status: 200, body: body as { requestId: string } };
    },
  };
  const tags = { relay: 'Asks another operation.' };
  return { contract: { relay }, tags, features: { relay: { handlers } } };
};

const traceId = '0af7651916cd43dd8448eb211c80319c';

async function ask(sampled: '00' | '01') {
  exporter.reset();
  const id = randomUUID();
  const traceparent = `00-${traceId}-b7ad6b7169203331-${sampled}`;
  const headers = { ...member.headers, 'x-request-id': id, traceparent };
  const answer = await fetch(`${app.url}/api/v1/relay`, { headers });
  const body = (await answer.json()) as { requestId: string };
  const line = expect.objectContaining({ msg: 'request', requestId: id });
  await expect.poll(() => app.logs).toContainEqual(line);
  return { id, body, spans: exporter.getFinishedSpans() };
}

describe('a call that a request makes', () => {
  it('has the id of the request, in its answer and in the audit', async () => {
    const { id, body } = await ask('00');
    expect(body).toEqual({ requestId: id });
    expect(await app.db('auditEntries').where({ requestId: id })).toMatchObject([
      { operation: 'usersCreate', origin: 'graphql', result: 'denied', actor: member.userId },
    ]);
  });

  it('stands in its trace, below the step that makes it', async () => {
    const { spans } = await ask('01');
    const server = spans.find(({ kind }) => kind === SpanKind.SERVER);
    const inner = spans.find(({ name }) => name === 'users.create');
    expect(server?.spanContext().traceId).toBe(traceId);
    const step = spans.find(
      (span) => span.spanContext().spanId === inner?.parentSpanContext?.spanId,
    );
    expect(step).toMatchObject({
      name: 'handle',
      parentSpanContext: { traceId, spanId: server?.spanContext().spanId },
    });
  });

  it('has no span where the request has none', async () => {
    expect((await ask('00')).spans).toEqual([]);
  });
});
