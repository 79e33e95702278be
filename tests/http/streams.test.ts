import { once } from 'node:events';
import { request } from 'node:http';
import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { call } from '../../client/runtime/call.ts';
import { openApiDocument } from '../../contract/document/openapi.ts';
import { anyone, signedIn } from '../../contract/kit/access.ts';
import { c, type Endpoints, under } from '../../contract/kit/api.ts';
import {
  isStreamed,
  liveStream,
  type Streamed,
  streamed,
} from '../../contract/kit/facets/streams.ts';
import { operationsOf } from '../../contract/kit/operations.ts';
import type { Handlers } from '../../server/operations/handlers.ts';
import { useApp } from '../kit/app.ts';
import { eventually } from '../kit/eventually.ts';

const Bytes = streamed('The bytes of a tape.');
const endpoint = {
  method: 'GET',
  summary: 'Play a tape',
  description: 'Plays what is on it.',
  responses: { 200: Bytes },
  metadata: { access: anyone, streams: { contentType: 'application/x-tape' } },
} as const;
const two = { contentType: ['application/x-tape', 'application/x-reel'] } as const;
const liveType = { contentType: 'text/event-stream', live: true } as const;
const contract = c.router(
  {
    late: { ...endpoint, path: '/late' },
    lateLive: {
      ...{ ...endpoint, path: '/late-live' },
      responses: { 200: liveStream('What happens.') },
      metadata: { access: anyone, streams: liveType },
    },
    short: { ...endpoint, path: '/short' },
    broken: { ...endpoint, path: '/broken' },
    endless: { ...endpoint, path: '/endless' },
    odd: { ...endpoint, path: '/odd' },
    either: { ...endpoint, path: '/either', metadata: { access: anyone, streams: two } },
    own: { ...endpoint, path: '/own', metadata: { ...endpoint.metadata, access: signedIn() } },
  } satisfies Endpoints,
  under('/tapes'),
);

const seen = {
  given: 0,
  ended: 0,
  opened: [] as Readable[],
  asked: [] as string[],
  letGo: 0,
  named: {} as { contentType?: string },
};
const piece = Buffer.alloc(64 * 1024, 'x');

async function* endless(): AsyncGenerator<Buffer> {
  try {
    for (;;) {
      seen.given += piece.length;
      yield piece;
    }
  } finally {
    seen.ended += 1;
  }
}

async function* breaking(): AsyncGenerator<Buffer> {
  yield Buffer.from('half of ');
  throw new Error('the tape broke');
}

function open(): Readable {
  const source = Readable.from([Buffer.from('one '), Buffer.from('two')]);
  seen.opened.push(source);
  return source;
}

const left = Promise.withResolvers<void>();
/** What is about to be answered when its caller has left. */
async function late<Content>(name: string, content: Content): Promise<Content> {
  seen.asked.push(name);
  await left.promise;
  return content;
}

/** Nothing ever happens; and whoever began to listen has to say that they left. */
const silence: AsyncIterableIterator<Uint8Array> = {
  [Symbol.asyncIterator]: () => silence,
  next: () => new Promise(() => {}),
  return: async () => {
    seen.letGo += 1;
    return { value: undefined, done: true };
  },
};

const reply = async (fileName: string, content: Streamed['content']) => ({
  status: 200 as const,
  body: { fileName, content },
});
const handlers: Handlers<typeof contract> = {
  short: () => reply('zwölf "Töne".tape', open()),
  late: async () => reply('late.tape', await late('late', open())),
  lateLive: async () => ({ status: 200, body: { live: await late('lateLive', silence) } }),
  broken: () => reply('broken.tape', breaking()),
  endless: () => reply('endless.tape', endless()),
  either: async () => ({ status: 200, body: { fileName: 'reel', content: open(), ...seen.named } }),
  odd: async () => ({ status: 200, body: { bytes: 'none' } }) as never,
  own: () => reply('own.tape', open()),
};
const app = useApp(
  {},
  { mount: () => ({ contract: { tapes: contract }, tags: {}, features: { tapes: { handlers } } }) },
);
const play = (name: string, init?: RequestInit) => fetch(`${app.url}/tapes/${name}`, init);
const lineOf = (operation: string) => app.logs.findLast((line) => line.operation === operation);

describe('a streamed answer', () => {
  it('is what was declared, under a name that is safe to save', async () => {
    const answer = await play('short', { headers: { Accept: 'application/x-tape' } });
    expect(await answer.text()).toBe('one two');
    expect(Object.fromEntries(answer.headers)).toMatchObject({
      'content-type': 'application/x-tape',
      'content-disposition': `attachment; filename="zw_lf _T_ne_.tape"; filename*=UTF-8''zw%C3%B6lf%20_T%C3%B6ne_.tape`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    });
    expect(answer.headers.has('content-length')).toBe(false);
  });

  it('is refused as all others are: by a problem, before anything is opened', async () => {
    const before = seen.opened.length;
    const answer = await play('own');
    expect([answer.status, await answer.json()]).toMatchObject([401, { code: 'unauthenticated' }]);
    const unfit = await play('short', { headers: { Accept: 'text/html' } });
    expect([unfit.status, await unfit.json()]).toMatchObject([406, { code: 'not_acceptable' }]);
    expect(seen.opened.length).toBe(before);
  });

  it('has its head alone for HEAD, and lets go of its source', async () => {
    const answer = await play('short', { method: 'HEAD' });
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    expect(await answer.text()).toBe('');
    expect(seen.opened.at(-1)?.destroyed).toBe(true);
  });

  it('is the one of several that it names, and our mistake where it names none', async () => {
    seen.named = { contentType: 'application/x-reel' };
    const answer = await play('either', { headers: { Accept: 'application/x-reel' } });
    expect(answer.headers.get('content-type')).toBe('application/x-reel');
    for (const named of [{}, { contentType: 'text/html' }]) {
      seen.named = named;
      expect((await play('either')).status).toBe(500);
    }
  });

  it('is our mistake where it is no stream', async () => {
    const answer = await play('odd');
    expect([answer.status, await answer.json()]).toMatchObject([500, { code: 'internal_error' }]);
  });

  it('waits for its caller, and ends its source when the caller leaves', async () => {
    const asking = request(`${app.url}/tapes/endless`).end();
    const [answer] = await once(asking, 'response');
    answer.pause();
    await eventually(() => expect(seen.given).toBeGreaterThan(0));
    let given = -1;
    // What fits into the buffers of both kernels is given, and then nothing more.
    await eventually(() => {
      const before = given;
      given = seen.given;
      expect(given).toBe(before);
    });
    expect(seen.given).toBeLessThan(32 * 1024 * 1024);
    asking.on('error', () => {});
    asking.destroy();
    await eventually(() => expect(seen.ended).toBe(1));
    await eventually(() => expect(lineOf('tapes.endless')).toMatchObject({ status: 499 }));
  });

  it('that breaks half-way tears the connection, and says why in the log', async () => {
    const answer = await play('broken');
    await expect(answer.text()).rejects.toThrow();
    await eventually(() => {
      expect(lineOf('tapes.broken')).toMatchObject({ status: 500 });
      const failed = app.logs.filter(({ msg }) => msg === 'request failed');
      expect(JSON.stringify(failed)).toContain('the tape broke');
    });
  });
});

describe('whoever leaves before an answer begins', () => {
  it('leaves no source open', async () => {
    const asking = ['late', 'late-live'].map((path) => request(`${app.url}/tapes/${path}`).end());
    await eventually(() => expect(seen.asked.toSorted()).toEqual(['late', 'lateLive']));
    const source = seen.opened.at(-1);
    const failures = () => app.logs.filter(({ msg }) => msg === 'request failed').length;
    const before = failures();
    for (const each of asking) each.on('error', () => {}).destroy();
    await eventually(() => {
      expect(lineOf('tapes.late')).toMatchObject({ status: 499 });
      expect(lineOf('tapes.lateLive')).toMatchObject({ status: 499 });
    });
    expect([source?.destroyed, seen.letGo]).toEqual([false, 0]);
    left.resolve();
    await eventually(() => expect([source?.destroyed, seen.letGo]).toEqual([true, 1]));
    expect(failures()).toBe(before);
  });
});

describe('a streamed answer, elsewhere', () => {
  it('is handed over as it is to a call without HTTP', async () => {
    const call = { origin: 'job', address: '127.0.0.1' } as const;
    const { status, body } = await app.perform('tapes.short', call);
    if (!isStreamed(body)) throw new Error('It is no stream');
    expect(status).toBe(200);
    expect(Buffer.concat(await Array.fromAsync(body.content)).toString()).toBe('one two');
  });

  it('is bytes in the document, and a stream in the client', async () => {
    const document = await openApiDocument({ tapes: contract }, {});
    expect(document.paths['/tapes/short']?.get).toMatchObject({
      'x-streams': true,
      responses: {
        200: {
          description: 'The bytes of a tape.',
          content: { 'application/x-tape': { schema: { type: 'string', format: 'binary' } } },
          headers: { 'Content-Disposition': {} },
        },
      },
    });
    const operation = {
      method: 'GET',
      path: '/tapes/short',
      answers: { 200: 'application/x-tape' },
    } as const;
    const answer = await call<{ body: ReadableStream }>({ baseUrl: app.url }, operation);
    expect(await new Response(answer.body).text()).toBe('one two');
  });

  it('is declared on both sides or on none', () => {
    const { metadata, ...rest } = { ...endpoint, path: '/x' };
    const bare = { ...rest, metadata: { access: metadata.access } };
    const router = c.router({ bare } satisfies Endpoints);
    expect(() => operationsOf({ tapes: router })).toThrow('tapes.bare declares metadata.streams');
  });
});
