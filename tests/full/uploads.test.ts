import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { createClient, unwrap } from '../../client/index.ts';
import { refusal } from '../kit/answers.ts';
import { publicUrl, startApp } from '../kit/app.ts';
import { aMember, createPerson } from '../kit/callers.ts';
import { withToken } from '../kit/credentials.ts';
import { eventually } from '../kit/eventually.ts';
import { aPicture } from '../kit/pictures.ts';
import { endProcesses, startProcess, testEnvironment } from '../kit/process.ts';
import { startS3 } from '../kit/s3-server.ts';

afterAll(endProcesses);

it('a process that is killed in the middle of an upload leaves no picture, and its file not for long', async () => {
  const app = await startApp();
  onTestFinished(() => app.close());
  const stored = () => readdir(join(app.config.storage.path, 'avatars')).catch((): string[] => []);
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
