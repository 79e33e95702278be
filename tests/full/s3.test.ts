import { randomUUIDv7 } from 'node:crypto';
import { Readable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { S3Storage } from '../../server/platform/storage/s3-storage.ts';
import type { StorageArea } from '../../server/platform/storage/storage.ts';
import { testConfig } from '../kit/app.ts';
import { refuse, type S3Server, startS3 } from '../kit/s3-server.ts';

setFlagsFromString('--expose-gc');
/** What is garbage is held by nobody. */
const collectGarbage: () => void = runInNewContext('gc');

const mib = 1024 * 1024;
let s3: S3Server;
let area: StorageArea;

beforeAll(async () => {
  s3 = await startS3();
  const settings = { ...s3.settings, S3_TIMEOUT_MS: '60000' };
  const config = testConfig('postgres://nowhere', settings).storage.s3;
  if (!config) throw new Error('There is no bucket');
  area = new S3Storage(config).area('tapes');
});
afterEach(() => {
  s3.meddling = undefined;
  s3.requests.length = 0;
});
afterAll(() => s3.stop());

it('what S3 asks to slow down is tried three times, with waits between', async () => {
  const at: number[] = [];
  s3.meddling = (_request, response) => {
    at.push(performance.now());
    refuse(response, 503, 'SlowDown');
  };
  const id = randomUUIDv7();
  await expect(area.put(id, Readable.from([Buffer.from('x')]))).rejects.toThrow(/patience/);
  expect(at).toHaveLength(3);
  expect(await s3.keys()).not.toContain(`test/tapes/${id}`);
});

it('128 MiB go in and come out whole, while memory holds a few parts', async () => {
  const id = randomUUIDv7();
  const chunks = 2_048;
  let most = 0;
  const held = () => {
    // The second waits for what the first has left to be swept in the background.
    collectGarbage();
    collectGarbage();
    return process.memoryUsage().arrayBuffers;
  };
  const look = () => {
    most = Math.max(most, held());
  };
  async function* content() {
    for (let at = 0; at < chunks; at += 1) {
      yield Buffer.alloc(mib / 16, at % 251);
      if (at % 64 === 0) look();
    }
  }
  const before = held();
  expect(await area.put(id, content())).toBe(128 * mib);
  const parts = s3.requests.filter((line) => line.includes('partNumber='));
  expect(parts).toHaveLength(16);
  let bytes = 0;
  let looks = 0;
  for await (const chunk of (await area.find(id)) ?? []) {
    for (const at of [0, chunk.length - 1])
      if (chunk[at] !== Math.floor(((bytes + at) * 16) / mib) % 251) throw new Error('not whole');
    bytes += chunk.length;
    if (Math.floor(bytes / (8 * mib)) > looks) {
      looks += 1;
      look();
    }
  }
  expect(bytes).toBe(128 * mib);
  // A part, what it is gathered from, and the same at the server of the tests, in this process, beside
  // files that run in it, too. All of it is 128.
  expect((most - before) / mib).toBeLessThan(48);
});
