import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { createClient, unwrap } from '../../client/index.ts';
import { refusal } from '../kit/answers.ts';
import { publicUrl, startApp, type TestApp } from '../kit/app.ts';
import { aMember, createPerson } from '../kit/callers.ts';
import { withToken } from '../kit/credentials.ts';
import { eventually } from '../kit/eventually.ts';
import { aPicture } from '../kit/pictures.ts';
import { endProcesses, startProcess, testEnvironment } from '../kit/process.ts';
import { quickSession } from '../kit/quick-session.ts';
import { startS3 } from '../kit/s3-server.ts';
import { filesOf } from '../kit/stored.ts';

afterAll(endProcesses);

const field = '--half\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n';

/** Somebody whose upload has come as far as this, and who does not mind what is answered. */
async function slowUpload(app: TestApp, sent: readonly (string | Buffer)[]) {
  const { userId, headers } = await quickSession(app);
  const { hostname, port } = new URL(app.url);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  const told = { answer: '' };
  socket.on('data', (chunk: Buffer) => {
    told.answer += chunk.toString('latin1');
  });
  socket.on('error', () => {});
  socket.write(
    `PUT /api/v1/me/avatar HTTP/1.1\r\nHost: x\r\nAuthorization: ${headers.Authorization}\r\n` +
      'Content-Type: multipart/form-data; boundary=half\r\nContent-Length: 1000000\r\n\r\n',
  );
  for (const piece of sent) socket.write(piece);
  onTestFinished(() => void socket.destroy());
  return { socket, told, userId };
}

/** A byte now and then, as long as anybody takes it. */
function trickle(socket: Socket): void {
  const timer = setInterval(() => socket.write('x'), 20);
  socket.once('close', () => clearInterval(timer));
}

const hasPictures = (app: TestApp) => app.db('users').whereNotNull('avatarId').select('id');

it('a process that is killed in the middle of an upload leaves no picture, and its file not for long', async () => {
  const app = await startApp();
  onTestFinished(() => app.close());
  const stored = () => filesOf(app);
  const { email: identifier, password } = await createPerson(app);
  const signIn = { body: { identifier, password, delivery: 'tokens' as const } };
  const running = startProcess({
    ...testEnvironment(app.config.database.url),
    PUBLIC_URL: publicUrl,
    STORAGE_PATH: app.config.storage.path,
  });
  const url = await running.listening();
  const begun = await unwrap(createClient({ baseUrl: url }).auth.login(signIn));
  if (begun.delivery !== 'tokens') throw new Error('It did not sign in');
  const upload = request(`${url}/api/v1/me/avatar`, {
    method: 'PUT',
    headers: {
      authorization: `Bearer ${begun.accessToken}`,
      'content-type': 'multipart/form-data; boundary=half',
      'content-length': 1_000_000,
    },
  });
  upload.on('error', () => {});
  upload.write('--half\r\ncontent-disposition: form-data; name="file"; filename="a.png"\r\n\r\n');
  upload.write(Buffer.from(await aPicture(100_000).arrayBuffer()));
  await eventually(async () => expect(await stored(), running.output()).toHaveLength(1));
  running.child.kill('SIGKILL');
  await running.end;

  app.clock.catchUp();
  const again = await unwrap(app.client().auth.login(signIn));
  const { me } = withToken(app, 'accessToken' in again ? again.accessToken : '');
  expect(await unwrap(me.get())).toMatchObject({ avatarId: null });
  expect(await me.getAvatar()).toMatchObject(refusal(404, 'not_found'));
  expect(await stored()).toHaveLength(1);
  app.clock.advance({ hours: 2 });
  await app.runScheduled('users.sweep-avatars');
  expect(await stored()).toEqual([]);
});

it('a picture lives in a bucket as it does in a folder', async () => {
  const s3 = await startS3();
  onTestFinished(() => s3.stop());
  const app = await startApp(s3.settings);
  onTestFinished(() => app.close());
  const { client, id: userId } = await aMember(app);
  const [one, two] = [aPicture(), aPicture(200_000)];
  const first = await unwrap(client.me.setAvatar({ body: { file: one } }));
  expect(await s3.keys()).toEqual([expect.stringContaining(first.id)]);
  const second = await unwrap(client.me.setAvatar({ body: { file: two } }));
  await eventually(async () =>
    expect(await s3.keys()).toEqual([expect.stringContaining(second.id)]),
  );
  const shown = await client.users.getAvatar({ userId });
  if (!shown.ok) throw new Error('It was refused');
  const bytes = await new Response(shown.body as ReadableStream).arrayBuffer();
  expect(Buffer.from(bytes).equals(Buffer.from(await two.arrayBuffer()))).toBe(true);
  await client.me.removeAvatar();
  await eventually(async () => expect(await s3.keys()).toEqual([]));
});

it('senders who stall hold up nobody, and leave nothing when they break off', async () => {
  const app = await startApp({ DATABASE_POOL_SIZE: '2' });
  onTestFinished(() => app.close());
  const begin = Buffer.from(await aPicture(100_000).arrayBuffer());
  const stages = [[], [field], [field, '\r\n', begin.subarray(0, 3)], [field, '\r\n', begin]];
  const uploads = await Promise.all(
    Array.from({ length: 40 }, (_, at) => slowUpload(app, stages[at % stages.length] ?? [])),
  );
  // Those whose file has begun have a part of it each.
  await eventually(async () => expect(await filesOf(app)).toHaveLength(10));
  const { client, id } = await aMember(app);
  const file = aPicture(200_000);
  await unwrap(client.me.setAvatar({ body: { file } }));
  expect(uploads.filter(({ socket, told }) => socket.destroyed || told.answer !== '')).toEqual([]);
  for (const { socket } of uploads) socket.destroy();
  await eventually(async () => expect(await filesOf(app)).toHaveLength(1));
  expect(await hasPictures(app)).toEqual([{ id }]);
  await eventually(async () => {
    // The scrape itself is none of the service.
    expect(await app.scrape()).toContain('http_server_active_requests 0');
  });
});

it('a sender who trickles or stalls is told so in time, and ended though he goes on', async () => {
  const app = await startApp({ REQUEST_TIMEOUT_SECONDS: '1' });
  onTestFinished(() => app.close());
  const begin = Buffer.from(await aPicture(100_000).arrayBuffer());
  const [stalling, trickling] = await Promise.all([
    slowUpload(app, [field, '\r\n', begin]),
    slowUpload(app, [field, '\r\n', begin]),
  ]);
  trickle(trickling.socket);
  for (const { socket, told } of [stalling, trickling]) {
    await eventually(() => expect(told.answer).toContain('HTTP/1.1 408 '));
    await eventually(() => expect(socket.destroyed || socket.readableEnded).toBe(true));
  }
  // Half of a connection is enough to send on for ever.
  await eventually(() => expect(trickling.socket.destroyed).toBe(true));
  await eventually(async () => expect(await filesOf(app)).toEqual([]));
  expect(await hasPictures(app)).toEqual([]);
});
