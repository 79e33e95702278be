import { randomUUIDv7 } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { S3Client } from '../../../server/platform/storage/s3-client.ts';
import { S3Storage } from '../../../server/platform/storage/s3-storage.ts';
import { StorageFailure } from '../../../server/platform/storage/storage-failure.ts';
import { testConfig } from '../../kit/app.ts';
import { freePort } from '../../kit/port.ts';
import { type Meddling, refuse, type S3Server, startS3 } from '../../kit/s3-server.ts';

let s3: S3Server;
beforeAll(async () => {
  s3 = await startS3();
});
afterEach(() => {
  s3.meddling = undefined;
  s3.requests.length = 0;
});
afterAll(() => s3.stop());

function open(settings: Record<string, string> = {}) {
  const config = testConfig('postgres://nowhere', { ...s3.settings, ...settings }).storage.s3;
  if (!config) throw new Error('There is no bucket');
  return new S3Storage(config);
}
/** Machines are busy: nothing fails because of the time. */
const patient = { S3_TIMEOUT_MS: '60000' };
/** For what never answers. */
const hasty = { S3_TIMEOUT_MS: '100' };
const bytes = (content: string) => Readable.from([Buffer.from(content)]);

async function failureOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(StorageFailure);
  return (error as Error).message;
}

describe('a refusal says what to do', () => {
  it.each([
    [403, 'AccessDenied', /allow it in the policy of files/],
    [403, 'InvalidAccessKeyId', /look at S3_ACCESS_KEY_ID/],
    [403, 'SignatureDoesNotMatch', /look at S3_ACCESS_KEY_ID/],
    [403, 'RequestTimeTooSkewed', /set its clock right/],
    [404, 'NoSuchBucket', /There is no bucket files/],
    [301, 'PermanentRedirect', /correct S3_REGION, now us-east-1/],
    [400, 'AuthorizationHeaderMalformed', /correct S3_REGION/],
    [507, 'DiskFull', /S3 failed \(DiskFull 507 no\)/],
  ])('%d %s', async (status, code, advice) => {
    s3.meddling = (_request, response) => refuse(response, status, code);
    const area = open(patient).area('tapes');
    expect(await failureOf(area.find(randomUUIDv7()))).toMatch(advice);
    expect(await failureOf(area.put(randomUUIDv7(), bytes('x')))).toMatch(advice);
  });

  it('of the look at a bucket, which has no words', async () => {
    const status =
      (code: number): Meddling =>
      (_request, response) =>
        void response.writeHead(code).end();
    s3.meddling = status(404);
    expect(await failureOf(open(patient).check())).toMatch(/There is no bucket/);
    s3.meddling = status(403);
    expect(await failureOf(open(patient).check())).toMatch(/policy/);
  });

  it('of a key that S3 does not know, until it is another', async () => {
    const wrong = open({ ...patient, S3_SECRET_ACCESS_KEY: 'hunter2' });
    const find = () => wrong.area('tapes').find(randomUUIDv7());
    const message = await failureOf(find());
    expect(message).toMatch(/look at S3_ACCESS_KEY_ID.*SignatureDoesNotMatch/);
    expect(message).not.toContain('hunter2');
    wrong.useSecretAccessKey(s3.settings.S3_SECRET_ACCESS_KEY ?? '');
    expect(await find()).toBeUndefined();
    wrong.useAccessKeyId('other');
    expect(await failureOf(find())).toMatch(/InvalidAccessKeyId/);
  });

  it('of a server that is not there', async () => {
    const away = open({ ...patient, S3_ENDPOINT: `http://127.0.0.1:${await freePort()}` });
    expect(await failureOf(away.check())).toMatch(/cannot be reached: look at S3_ENDPOINT/);
  });
});

/** Meddles with the first requests, and then no more. */
function first(times: number, meddling: Meddling): Meddling {
  let left = times;
  return (request, response, serve) => {
    left -= 1;
    if (left < 0) serve();
    else meddling(request, response, serve);
  };
}

describe('what passes', () => {
  it('is tried again', async () => {
    s3.meddling = first(1, (_request, response) => refuse(response, 500, 'InternalError'));
    const id = randomUUIDv7();
    const area = open(patient).area('tapes');
    expect(await area.put(id, bytes('whole'))).toBe(5);
    expect(s3.requests).toHaveLength(2);
    s3.meddling = first(1, (request) => void request.once('data', () => request.socket.destroy()));
    expect(await area.put(id, bytes('again'))).toBe(5);
    const found = await area.find(id);
    expect(found && (await text(found))).toBe('again');
  });

  it('a wrong clock is corrected by that of S3', async () => {
    const dates: unknown[] = [];
    const later = new Date(Date.now() + 7_200_000);
    s3.meddling = ({ headers }, response) => {
      dates.push(headers['x-amz-date']);
      response.setHeader('date', later.toUTCString());
      if (dates.length === 1) refuse(response, 403, 'RequestTimeTooSkewed');
      else response.writeHead(204).end();
    };
    await open(patient).check();
    expect(dates).toHaveLength(2);
    expect(String(dates[1]) > String(dates[0])).toBe(true);
  });
});

describe('what does not pass', () => {
  it.each<[string, Meddling]>([
    ['hangs', () => {}],
    [
      'answers without end',
      (_request, response) => {
        response.writeHead(200, { 'content-type': 'application/xml' });
        const writing = setInterval(() => response.write(' '), 5);
        response.once('close', () => clearInterval(writing));
      },
    ],
    [
      'asks to come back in an hour',
      (_request, response) => {
        response.setHeader('retry-after', '3600');
        refuse(response, 503, 'SlowDown');
      },
    ],
  ])('ends in time where S3 %s', async (_what, meddling) => {
    s3.meddling = meddling;
    expect(await failureOf(open(hasty).area('tapes').putBefore(new Date()))).toMatch(/in time/);
  });

  it.each<[string, object, (response: ServerResponse) => void, RegExp]>([
    ['breaks', patient, (response) => response.destroy(), /cannot be reached|aborted/],
    ['falls silent', hasty, () => {}, /in time/],
  ])('a download that %s is no whole file', async (_what, settings, end, says) => {
    s3.meddling = (_request, response) => {
      response.writeHead(200, { 'content-length': '10' });
      response.write('half', () => end(response));
    };
    // On a busy machine the hasty one has given up before.
    const found = open({ ...settings })
      .area('tapes')
      .find(randomUUIDv7());
    expect(await failureOf(found.then((content) => text(content ?? Readable.from([]))))).toMatch(
      says,
    );
  });
});

it('opens anew after it could not, by the same key and by another', async () => {
  const { s3: config } = testConfig('postgres://nowhere', s3.settings).storage;
  if (!config) throw new Error('There is no bucket');
  let isShort = true;
  const get = () => {
    if (isShort) throw Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' });
    return true;
  };
  // Only the opening reads it, and another key does not take it over.
  const lame = () =>
    Object.defineProperty({ ...config }, 'hasPathStyle', { get, enumerable: false });
  const [one, other] = [new S3Client(lame()), new S3Client(lame())];
  const use = (client: S3Client) => client.call({}, async () => 'open');
  await failureOf(use(one));
  const failed = failureOf(use(other));
  other.useKey({ accessKeyId: 'ANOTHER' });
  expect(await use(other)).toBe('open');
  await failed;
  isShort = false;
  expect(await use(one)).toBe('open');
});

it('goes on by the connections that it has when it gets another key', async () => {
  s3.access.set('ANOTHER', 'another-secret');
  const storage = open(patient);
  const ways = new Set<unknown>();
  s3.meddling = ({ socket }, _response, serve) => {
    ways.add(socket);
    serve();
  };
  await storage.check();
  storage.useAccessKeyId('ANOTHER');
  storage.useSecretAccessKey('another-secret');
  const [known = ''] = s3.access.keys();
  const former = s3.access.get(known) ?? '';
  s3.access.delete(known);
  await storage.check();
  s3.access.set(known, former);
  expect(ways.size).toBe(1);
});

it('lists page after page', async () => {
  const [id, other] = [randomUUIDv7(), randomUUIDv7()];
  const entry = (name: string) =>
    `<Contents><Key>test/tapes/${name}</Key><LastModified>2026-01-01T00:00:00Z</LastModified></Contents>`;
  s3.meddling = ({ url = '' }, response, serve) => {
    if (!url.includes('list-type')) return serve();
    const body = url.includes('continuation-token')
      ? `<IsTruncated>false</IsTruncated>${entry(other)}${entry('no-id')}`
      : `<IsTruncated>true</IsTruncated><NextContinuationToken>2</NextContinuationToken>${entry(id)}`;
    response.end(`<ListBucketResult>${body}</ListBucketResult>`);
  };
  expect(await open(patient).area('tapes').putBefore(new Date())).toEqual([id, other]);
});

it('sweeps what was begun and never completed, where S3 can list it', async () => {
  const id = randomUUIDv7();
  const area = open(patient).area('tapes');
  const large = Readable.from([Buffer.alloc(9 * 1024 * 1024)]);
  // Neither the second part nor the end of the upload comes through.
  s3.meddling = ({ method, url = '' }, response, serve) => {
    if (method === 'DELETE' || url.includes('partNumber=2')) refuse(response, 403, 'AccessDenied');
    else serve();
  };
  await failureOf(area.put(id, large));
  s3.meddling = undefined;
  expect(await s3.unfinished()).toEqual([`test/tapes/${id}`]);
  expect(await area.putBefore(new Date(Date.now() + 3_600_000))).toContain(id);
  await area.remove(id);
  expect(await s3.unfinished()).toEqual([]);
  s3.meddling = ({ url = '' }, response, serve) =>
    url.includes('uploads') ? refuse(response, 501, 'NotImplemented') : serve();
  await area.remove(id);
});
