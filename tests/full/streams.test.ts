import { once } from 'node:events';
import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { anyone } from '../../contract/kit/access.ts';
import { c, type Endpoints, under } from '../../contract/kit/api.ts';
import { streamed } from '../../contract/kit/facets/streams.ts';
import type { Handlers } from '../../server/operations/handlers.ts';
import { useApp } from '../kit/app.ts';

const megabyte = 1024 * 1024;
const totalBytes = 256 * megabyte;

const contract = c.router(
  {
    large: {
      method: 'GET',
      path: '/large',
      summary: 'Stream a lot',
      description: 'Of nothing.',
      responses: { 200: streamed('A quarter of a gigabyte.') },
      metadata: { access: anyone, streams: { contentType: 'application/octet-stream' } },
    },
  } satisfies Endpoints,
  under('/loads'),
);

/** Each piece is made for itself: what is held is seen. */
async function* pieces(): AsyncGenerator<Buffer> {
  for (let given = 0; given < totalBytes; given += megabyte / 4) {
    yield Buffer.alloc(megabyte / 4, given % 251);
  }
}

const handlers: Handlers<typeof contract> = {
  large: async () => ({ status: 200, body: { fileName: 'large.bin', content: pieces() } }),
};
const app = useApp(
  {},
  { mount: () => ({ contract: { loads: contract }, tags: {}, features: { loads: { handlers } } }) },
);

/** Reads it all, slowly at first: then the source is far faster than its reader. */
async function read(): Promise<number> {
  const [answer] = await once(request(`${app.url}/loads/large`).end(), 'response');
  let bytes = 0;
  for await (const chunk of answer) {
    if (bytes < 4 * megabyte) await sleep(2);
    bytes += chunk.length;
  }
  return bytes;
}

it('a quarter of a gigabyte leaves through a memory that stays flat', async () => {
  const held = () => {
    const { heapUsed, external } = process.memoryUsage();
    return (heapUsed + external) / megabyte;
  };
  const before = held();
  let most = 0;
  const watching = setInterval(() => {
    most = Math.max(most, held() - before);
  }, 10);
  const taken = await Promise.all([read(), read()]);
  clearInterval(watching);
  expect(taken).toEqual([totalBytes, totalBytes]);
  // Garbage that waits for its collection is in it.
  expect(most).toBeLessThan(200);
});
