import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import express, { type NextFunction, type Request, type Response } from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problems } from '../../contract/kit/problems.ts';
import { codingFor } from '../../server/pages/content-coding.ts';
import { fixed } from '../../server/pages/fixed.ts';
import { ProblemError } from '../../server/platform/problem-error.ts';

const text = 'The same for everybody. '.repeat(100);
const sent = { type: 'text/plain; charset=utf-8', cacheControl: 'no-cache' };
let made = 0;

const app = express().disable('etag');
app.get(
  '/text',
  fixed(() => [text, made++][0] as string, sent),
);
app.get(
  '/flaky',
  fixed(async () => {
    made += 1;
    if (made === 1) throw new Error('The disk was away.');
    return text;
  }, sent),
);
app.use((error: Error, _req: Request, res: Response, _next: NextFunction) => {
  res.status(error instanceof ProblemError ? problems[error.code].status : 500).end();
});
const server = createServer(app);

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
});

afterAll(() => new Promise((done) => server.close(done)));

/** As it comes: `fetch` would unpack it. */
async function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const { port } = server.address() as AddressInfo;
  const options = { host: '127.0.0.1', port, path, headers, method, agent: false };
  const [answer] = (await once(get(options), 'response')) as [IncomingMessage];
  return { status: answer.statusCode, headers: answer.headers, bytes: await buffer(answer) };
}

describe('what never changes', () => {
  it.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
    ['identity', (bytes: Buffer) => bytes],
  ] as const)('is the same in %s', async (coding, unpacked) => {
    const { headers, bytes } = await ask('/text', { 'Accept-Encoding': coding });
    expect(headers['content-encoding']).toBe(coding === 'identity' ? undefined : coding);
    expect(headers).toMatchObject({
      'content-type': 'text/plain; charset=utf-8',
      'content-length': String(bytes.length),
      'cache-control': 'no-cache',
      vary: 'Accept-Encoding',
    });
    expect(String(unpacked(bytes))).toBe(text);
    expect(bytes.length < text.length).toBe(coding !== 'identity');
  });

  it('is made once, whoever asks', async () => {
    made = 0;
    await Promise.all(['br', 'gzip', 'br'].map((own) => ask('/text', { 'Accept-Encoding': own })));
    expect(made).toBe(0);
  });

  it('is made again where making it failed', async () => {
    made = 0;
    expect([(await ask('/flaky')).status, (await ask('/flaky')).status]).toEqual([500, 200]);
  });

  it('has a strong tag for each coding, as other bytes are another thing', async () => {
    const tags = await Promise.all(
      ['br', 'gzip', 'identity'].map(
        async (own) => (await ask('/text', { 'Accept-Encoding': own })).headers.etag,
      ),
    );
    expect(new Set(tags).size).toBe(3);
    for (const tag of tags) expect(tag).toMatch(/^"[\w-]+"$/);
  });

  it('is not sent to whoever has it in this coding', async () => {
    const first = await ask('/text', { 'Accept-Encoding': 'gzip' });
    const condition = { 'If-None-Match': `"other", W/${first.headers.etag}` };
    const again = await ask('/text', { 'Accept-Encoding': 'gzip', ...condition });
    expect([again.status, again.bytes.length, again.headers.etag, again.headers.vary]).toEqual([
      ...[304, 0, first.headers.etag, 'Accept-Encoding'],
    ]);
    expect((await ask('/text', { 'Accept-Encoding': 'br', ...condition })).status).toBe(200);
    expect((await ask('/text', { 'If-None-Match': '*' })).status).toBe(304);
    expect((await ask('/text', { 'If-None-Match': 'unquoted' })).status).toBe(400);
  });

  it('tells HEAD how long it is, and nothing more', async () => {
    const { headers, bytes } = await ask('/text', { 'Accept-Encoding': 'br' }, 'HEAD');
    expect(bytes.length).toBe(0);
    expect(headers).toMatchObject({ 'content-encoding': 'br' });
    expect(Number(headers['content-length'])).toBeGreaterThan(0);
  });

  it('is refused to whoever takes no coding of ours', async () => {
    const { status, bytes } = await ask('/text', { 'Accept-Encoding': 'zstd, *;q=0' });
    expect([status, bytes.length]).toEqual([406, 0]);
  });
});

it.each([
  [undefined, 'identity'],
  ['', 'identity'],
  ['gzip, deflate, br, zstd', 'br'],
  ['gzip, deflate', 'gzip'],
  ['x-gzip', 'gzip'],
  ['GZIP;Q=1', 'gzip'],
  ['br;q=0.5, gzip;q=0.8', 'gzip'],
  ['br;q=0, gzip;q=0', 'identity'],
  ['br;q=0', 'identity'],
  ['br;q=0.0, *', 'gzip'],
  ['*', 'br'],
  ['*;q=0', undefined],
  ['identity;q=0', undefined],
  ['identity;q=0, gzip;q=0.1', 'gzip'],
  ['identity, br;q=0.5', 'identity'],
  ['*;q=0, identity', 'identity'],
  ['zstd', 'identity'],
  ['br;q=2', 'identity'],
  ['br;q=-1, gzip;q=1.5, ;;,', 'identity'],
  ['br;level=4;q=0', 'identity'],
] as const)('Accept-Encoding %j gets %s', (header, coding) => {
  expect(codingFor(header)).toBe(coding);
});
