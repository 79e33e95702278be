import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { unwrap } from '../../../client/index.ts';
import { refusal } from '../../kit/answers.ts';
import { startApp, type TestApp } from '../../kit/app.ts';
import { aMember, anAdministrator } from '../../kit/callers.ts';
import { eventually } from '../../kit/eventually.ts';
import { mailsTo, tokenFor } from '../../kit/mailbox.ts';
import { refuse, type S3Server, startS3 } from '../../kit/s3-server.ts';

let s3: S3Server;
let app: TestApp;

beforeAll(async () => {
  s3 = await startS3();
  app = await startApp({ ...s3.settings, S3_TIMEOUT_MS: '60000' });
});
afterEach(() => {
  s3.meddling = undefined;
});
afterAll(async () => {
  await app.close();
  await s3.stop();
});

const download = (token: string) => app.client().accountExport.download({ body: { token } });

async function anExport(): Promise<string> {
  const person = await aMember(app);
  await unwrap(person.client.accountExport.request());
  return tokenFor(app, person.email);
}

it('an archive is made, downloaded once, and then there is none any more', async () => {
  const token = await anExport();
  expect(await s3.keys()).toEqual([expect.stringMatching(/^test\/account-exports\/[\da-f-]{36}$/)]);
  const answers = await Promise.all([download(token), download(token)]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 410]);
  const good = answers.find(({ ok }) => ok);
  const archive = await new Response(good?.body as ReadableStream).bytes();
  expect(Buffer.from(archive).toString('latin1', 0, 2)).toBe('PK');
  await eventually(async () => expect(await s3.keys()).toEqual([]));
  expect(await download(token)).toMatchObject(refusal(410, 'invalid_link'));
});

it('a link stays good while the bucket does not answer', async () => {
  const token = await anExport();
  s3.meddling = (_request, response) => refuse(response, 403, 'AccessDenied');
  const answer = await download(token);
  expect(answer).toMatchObject(refusal(503, 'service_unavailable'));
  expect(answer.headers.get('retry-after')).toBe('5');
  expect(JSON.stringify(answer)).not.toMatch(/S3|bucket/);
  expect(app.logs).toContainEqual(
    expect.objectContaining({
      msg: 'request failed',
      err: expect.objectContaining({
        message: expect.stringMatching(/allow it in the policy of files/),
      }),
    }),
  );
  s3.meddling = undefined;
  const good = await download(token);
  expect(good.status).toBe(200);
  if (good.ok) await new Response(good.body as ReadableStream).bytes();
  await eventually(async () => expect(await s3.keys()).toEqual([]));
});

it('what could not be removed is left to a sweep, and the log says so', async () => {
  const token = await anExport();
  s3.meddling = (request, response, serve) =>
    request.method === 'DELETE' ? refuse(response, 403, 'AccessDenied') : serve();
  const good = await download(token);
  if (good.ok) await new Response(good.body as ReadableStream).bytes();
  const msg = 'an archive could not be removed; a later sweep tries again';
  await eventually(() =>
    expect(app.logs).toContainEqual(expect.objectContaining({ level: 'warn', msg })),
  );
  expect(await s3.keys()).toHaveLength(1);
  s3.meddling = undefined;
  app.clock.advance({ hours: 26 });
  await app.runScheduled('account-export.sweep');
  expect(await s3.keys()).toEqual([]);
});

it('health tells of the bucket, and is degraded while it cannot be used', async () => {
  const { client } = await anAdministrator(app);
  s3.meddling = (_request, response) => void response.writeHead(404).end();
  expect(await unwrap(client.health.check())).toMatchObject({
    status: 'degraded',
    components: {
      storage: {
        status: 'degraded',
        warnings: [expect.stringMatching(/There is no bucket files/)],
      },
      system: { storageFree: null },
    },
  });
});

it('one that could not be kept is made again', async () => {
  const person = await aMember(app);
  s3.meddling = (_request, response) => refuse(response, 404, 'NoSuchBucket');
  await unwrap(person.client.accountExport.request());
  await app.workJobs();
  expect(await mailsTo(app, person.email)).toEqual([]);
  s3.meddling = undefined;
  await unwrap(person.client.accountExport.request());
  expect(await tokenFor(app, person.email)).not.toBe('');
});

it('what nobody downloads is swept after a day', async () => {
  const token = await anExport();
  app.clock.advance({ hours: 26 });
  await app.runScheduled('account-export.sweep');
  expect(await download(token)).toMatchObject(refusal(410, 'invalid_link'));
  expect(await s3.keys()).toEqual([]);
});

it('what was asked of the storage is counted', async () => {
  const lines = (await app.scrape()).filter((line) => line.startsWith('charter_storage_duration'));
  for (const labels of ['operation="put",outcome="ok"', 'operation="find",outcome="failed"'])
    expect(lines.join('\n')).toContain(`charter_storage_duration_seconds_count{${labels}`);
});
