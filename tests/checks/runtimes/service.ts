import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the service remembers of one runtime: each has a path of its own in front. */
interface Memory {
  access: string;
  away: Set<string>;
  keys: Set<string>;
  tag: number;
  streams: number;
  refreshes: number;
  followed: number;
}

interface Asked {
  memory: Memory;
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  body: Buffer;
}

type Handler = (asked: Asked) => unknown;

/** A service that says what the scenario wants to hear, the way Charter says it. */
export async function startService(pages: Record<string, { type: string; body: string }> = {}) {
  const memories = new Map<string, Memory>();
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const [, runtime = '', path = ''] = /^\/([^/]+)(\/.*)$/.exec(request.url ?? '') ?? [];
    const page = pages[request.url ?? ''];
    if (page) return response.writeHead(200, { 'content-type': page.type }).end(page.body);
    const memory = memories.get(runtime) ?? fresh();
    memories.set(runtime, memory);
    const url = new URL(path, 'http://service');
    const body = Buffer.concat(await request.toArray());
    const handler = handlers[`${request.method} ${url.pathname.replace('/api/v1', '')}`];
    if (!handler) return problem(response, 404, 'not_found');
    return handler({ memory, request, response, url, body });
  };
  const server = createServer((request, response) => void answer(request, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return { origin, stop, memoryOf: (runtime: string) => memories.get(runtime) };
}

function fresh(): Memory {
  return {
    access: '',
    away: new Set(),
    keys: new Set(),
    tag: 1,
    streams: 0,
    refreshes: 0,
    followed: 0,
  };
}

const tokens = (accessToken: string) => ({
  delivery: 'tokens',
  accessToken,
  refreshToken: `after ${accessToken}`,
});

const handlers: Record<string, Handler> = {
  'POST /auth/login': ({ memory, response }) => {
    memory.access = 'first';
    json(response, 200, tokens('first'));
  },
  'POST /auth/refresh': ({ memory, response }) => {
    memory.refreshes += 1;
    memory.access = `refreshed ${memory.refreshes}`;
    json(response, 200, tokens(memory.access));
  },
  // Whoever says so has a token that has ended.
  'GET /health': ({ memory, request, response }) => {
    if (request.headers['x-expire']) memory.access = 'ended';
    json(response, 200, { status: 'healthy' });
  },
  'GET /me': ({ memory, request, response }) => {
    if (request.headers.authorization !== `Bearer ${memory.access}`) {
      return problem(response, 401, 'unauthenticated');
    }
    return json(response, 200, { username: 'ada', seen: request.headers });
  },
  'POST /password-reset/confirm': ({ response }) => {
    response.writeHead(307, { location: 'elsewhere' }).end();
  },
  'POST /password-reset/elsewhere': ({ memory, response }) => {
    memory.followed += 1;
    response.writeHead(204).end();
  },
  'GET /health/liveness': ({ memory, response }) => {
    json(response, 200, { status: 'alive', followed: memory.followed });
  },
  'GET /users': ({ response, url }) => {
    if (url.searchParams.get('search') !== 'a b&c') return problem(response, 404, 'not_found');
    const isSecond = url.searchParams.has('cursor');
    const items = (isSecond ? ['c'] : ['a', 'b']).map((username) => ({ username }));
    return json(response, 200, { items, nextCursor: isSecond ? null : 'two' });
  },
  'POST /users': ({ response }) => problem(response, 409, 'email_taken'),
  'GET /roles/away-once': (asked) => {
    if (isAway(asked, 'read')) return;
    json(asked.response, 200, { name: 'a' });
  },
  'POST /roles': (asked) => {
    asked.memory.keys.add(String(asked.request.headers['idempotency-key']));
    if (isAway(asked, 'create')) return;
    json(asked.response, 201, { name: 'a', keys: asked.memory.keys.size });
  },
  'PATCH /roles/away-once': (asked) => {
    if (!isAway(asked, 'change')) json(asked.response, 200, {});
  },
  'GET /roles/r1': ({ memory, request, response }) => {
    response.setHeader('etag', `"${memory.tag}"`);
    if (request.headers['if-none-match'] === `"${memory.tag}"`)
      return response.writeHead(304).end();
    return json(response, 200, { name: 'a' });
  },
  // Somebody else is faster, once.
  'PATCH /roles/r1': ({ memory, request, response }) => {
    if (memory.tag === 1) memory.tag = 2;
    const isStale = request.headers['if-match'] !== `"${memory.tag}"`;
    return isStale ? problem(response, 412, 'precondition_failed') : json(response, 200, {});
  },
  'GET /roles/never': () => {},
  'POST /account-export/download': ({ response }) => {
    response.writeHead(200, { 'content-type': 'application/zip' }).end(Buffer.alloc(100_000));
  },
  'PUT /me/avatar': ({ response, body }) => json(response, 200, { received: body.length }),
  'GET /events': ({ memory, request, response }) => {
    memory.streams += 1;
    const last = String(request.headers['last-event-id'] ?? '');
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    if (memory.streams === 1) return response.end(`retry: 1\n\n${event('e1')}${event('e2')}`);
    response.write(event(last === 'e2' ? 'e3' : `after ${last}`));
  },
};

const event = (id: string) => `id: ${id}\ndata: ${JSON.stringify({ id })}\n\n`;

function isAway({ memory, response }: Asked, what: string): boolean {
  if (memory.away.has(what)) return false;
  memory.away.add(what);
  response.setHeader('retry-after', '0');
  problem(response, 503, 'service_unavailable');
  return true;
}

function json(response: ServerResponse, status: number, body: unknown, type = 'application/json') {
  response.writeHead(status, { 'content-type': type }).end(JSON.stringify(body));
}

function problem(response: ServerResponse, status: number, code: string) {
  const body = { status, code, title: code, detail: code, type: code, requestId: `r-${status}` };
  json(response, status, body, 'application/problem+json');
}
