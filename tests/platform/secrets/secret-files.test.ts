import { readFileSync } from 'node:fs';
import { mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished, vi } from 'vitest';
import { openPlatform, type Platform } from '../../../server/platform/platform.ts';
import { recordingLog, testConfig } from '../../kit/app.ts';
import { testSecrets } from '../../kit/cluster.ts';
import { createDatabase } from '../../kit/database.ts';

const [older = ''] = testSecrets;
const newer = 'a newer secret of at least 32 characters';

let folder: string;
let database: Awaited<ReturnType<typeof createDatabase>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'charter-secrets-'));
  database = await createDatabase();
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true });
});

const path = (name: string) => join(folder, name);
/** As Kubernetes does it: a link above the file is exchanged, and the file's own name stays. */
async function mount(name: string, content: string): Promise<void> {
  const version = path(`${name}-${Math.random()}`);
  await writeFile(version, content);
  await symlink(version, `${version}-link`);
  await rename(`${version}-link`, path(name));
}

function open(
  url: string,
  files: Record<string, string>,
  settings: Record<string, string> = {},
): Platform & { logs: object[] } {
  const { log, logs } = recordingLog();
  // As the start has read them.
  const read = Object.entries(files).map(
    ([setting, file]) =>
      [setting, { path: file, text: readFileSync(file, 'utf8').trim() }] as const,
  );
  const config = { ...testConfig(url, settings), secretFiles: Object.fromEntries(read) };
  const platform = openPlatform(config, { log });
  onTestFinished(() => platform.close());
  return Object.assign(platform, { logs });
}

it('seals with the secret that its file has got', async () => {
  await mount('keys', older);
  const { secretKeys, secrets, logs } = open(database.url, { SECRET_KEYS: path('keys') });
  await secrets.look();
  const sealed = secretKeys.seal('text', 'row');
  await mount('keys', `${newer},${older}\n`);
  await secrets.look();
  expect(secretKeys.open(sealed, 'row')).toBe('text');
  expect(sealed.startsWith(secretKeys.prefix)).toBe(false);
  expect(logs).toMatchObject([{ setting: 'SECRET_KEYS' }]);
});

it('takes what has changed between the start and the first look, and says so', async () => {
  await mount('keys', older);
  const { secretKeys, secrets, logs } = open(database.url, { SECRET_KEYS: path('keys') });
  const { prefix } = secretKeys;
  await mount('keys', `${newer},${older}\n`);
  await secrets.look();
  expect(secretKeys.prefix).not.toBe(prefix);
  expect(logs).toMatchObject([{ level: 'info', setting: 'SECRET_KEYS', source: 'file' }]);
});

it('does not take anew what is in use when it is back after trouble', async () => {
  await mount('keys', older);
  const { secretKeys, secrets, logs } = open(database.url, { SECRET_KEYS: path('keys') });
  const taken = vi.spyOn(secretKeys, 'replace');
  await rm(path('keys'));
  await secrets.look();
  expect(secrets.warnings()).toHaveLength(1);
  await mount('keys', older);
  await secrets.look();
  expect([secrets.warnings(), taken.mock.calls]).toEqual([[], []]);
  expect(logs).toMatchObject([{ level: 'error' }]);
});

it.each([
  ['is too short', 'short'],
  ['is empty', ''],
  ['holds none of the secrets in use', newer],
])('keeps what it has while the file %s, and says so once', async (_what, content) => {
  await mount('keys', older);
  const { secretKeys, secrets, logs } = open(database.url, { SECRET_KEYS: path('keys') });
  await secrets.look();
  const sealed = secretKeys.seal('text', 'row');
  await mount('keys', content);
  await secrets.look();
  await secrets.look();
  expect(secretKeys.open(sealed, 'row')).toBe('text');
  expect(logs).toMatchObject([{ level: 'error', setting: 'SECRET_KEYS' }]);
  if (content !== '') expect(JSON.stringify(logs)).not.toContain(content);
});

it('keeps what it has while the file is gone, and reads it when it is back', async () => {
  await mount('keys', older);
  const { secretKeys, secrets, logs } = open(database.url, { SECRET_KEYS: path('keys') });
  await secrets.look();
  await rm(path('keys'));
  await secrets.look();
  await mount('keys', `${newer},${older}`);
  await secrets.look();
  expect(logs).toMatchObject([{ level: 'error' }, { level: 'info' }]);
  expect(secretKeys.open(secretKeys.seal('text', 'row'), 'row')).toBe('text');
});

it('connects anew with the password that its file has got', async () => {
  const { db } = open(database.url, {});
  const role = `role_${Math.random().toString(36).slice(2)}`;
  await db.raw(`create role ${role} login superuser password 'one'`);
  onTestFinished(async () => {
    const own = openPlatform(testConfig(database.url), recordingLog());
    await own.db.raw(`drop role ${role}`);
    await own.close();
  });
  const urlBy = (password: string) =>
    Object.assign(new URL(database.url), { username: role, password }).href;
  await mount('url', urlBy('one'));
  const platform = open(urlBy('one'), { DATABASE_URL: path('url') });
  const who = async (at: Platform['db']) =>
    (await at.raw('select current_user as who')).rows[0].who;
  expect(await who(platform.db)).toBe(role);
  await db.raw(`alter role ${role} password 'two'`);
  await mount('url', urlBy('two'));
  await platform.secrets.look();
  // Every connection that was open goes away: the next ones need the new password.
  await db.raw('select pg_terminate_backend(pid) from pg_stat_activity where usename = ?', [role]);
  await expect.poll(() => who(platform.db).catch(() => undefined)).toBe(role);
  expect(await platform.databases.direct(who)).toBe(role);
  await mount('url', 'postgres://elsewhere.example/charter');
  await platform.secrets.look();
  expect(platform.logs.at(-1)).toMatchObject({
    reason: expect.stringContaining('names another server'),
  });
  expect(await platform.databases.direct(who)).toBe(role);
});

it('takes another password of Redis, and not another Redis', async () => {
  const url = 'redis://:one@127.0.0.1:1';
  await mount('redis', url);
  const files = { REDIS_URL: path('redis') };
  const { secrets, logs } = open(database.url, files, { REDIS_URL: url });
  // Else the look with which it begins may see the next one already, and that is no news.
  await secrets.look();
  await mount('redis', url.replace('one', 'two'));
  await secrets.look();
  expect(logs.at(-1)).toMatchObject({ setting: 'REDIS_URL' });
  await mount('redis', 'redis://:two@elsewhere.example');
  await secrets.look();
  expect(logs.at(-1)).toMatchObject({ reason: expect.stringContaining('names another Redis') });
});
