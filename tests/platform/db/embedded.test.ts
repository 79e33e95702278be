import { existsSync } from 'node:fs';
import { cp, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locateBinaries } from '../../../server/development/embedded/binaries.ts';
import {
  type EmbeddedDatabase,
  findEmbedded,
  startEmbedded,
} from '../../../server/development/embedded/embedded.ts';
import { isRunning, query, serverPid, useEmbedded } from '../../kit/embedded.ts';
import { eventually } from '../../kit/eventually.ts';

// Several processes, killed ones, and root's own ways: tests/full/embedded.test.ts.
const home = useEmbedded();

describe('a running embedded database', () => {
  let folder: string;
  let owner: EmbeddedDatabase;

  beforeAll(async () => {
    folder = await home.freshFolder();
    owner = await startEmbedded({ folder, durable: false });
  });

  afterAll(() => owner.stop());

  it('is set up the same on every machine, and listens to this one only', async () => {
    const [row] = await query(
      owner.url,
      `SELECT current_setting('timezone') AS zone, current_setting('server_encoding') AS encoding,
         datlocprovider AS provider, datlocale AS locale, lower('É') AS lower,
         current_setting('listen_addresses') AS address
       FROM pg_database WHERE datname = current_database()`,
    );
    expect(row).toEqual({
      zone: 'UTC',
      encoding: 'UTF8',
      provider: 'b',
      locale: 'C.UTF-8',
      lower: 'é',
      address: '127.0.0.1',
    });
  });

  it('keeps its data and password from other users', async () => {
    const modes = ['', 'data', 'password'].map(async (name) => {
      const { mode } = await stat(join(folder, 'postgres', name));
      return (mode & 0o777).toString(8);
    });
    expect(await Promise.all(modes)).toEqual(['700', '700', '600']);
  });

  it('refuses a caller without the password', async () => {
    const wrong = new URL(owner.url);
    wrong.password = 'guess';
    await expect(query(wrong.href, 'SELECT 1')).rejects.toThrow(/password authentication failed/);
  });

  it('is shared by a second start, which does not stop it', async () => {
    const sharer = await home.start({ folder });
    await sharer.stop();
    expect(sharer).toMatchObject({ url: owner.url, owned: false });
    expect(await query(owner.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('creates a database that is asked for and missing', async () => {
    const other = await home.start({ folder, database: 'other "one"' });
    const [row] = await query(other.url, 'SELECT current_database() AS name');
    expect(row).toEqual({ name: 'other "one"' });
  });

  it('is found by those who only look, with the databases it has', async () => {
    expect(await findEmbedded({ folder })).toBe(owner.url);
    expect(await findEmbedded({ folder, database: 'missing' })).toBeUndefined();
  });
});

describe('the embedded database', () => {
  it('says that its first start takes a while, and removes what a killed one left', () => {
    expect(home.firstStart).toEqual(['Preparing PostgreSQL (first start, a few seconds) …']);
    expect(existsSync(join(home.prepared, 'postgres.new-half'))).toBe(false);
  });

  it('starts again with its data and its port after the server was killed', async () => {
    const folder = await home.freshFolder();
    const first = await home.start({ folder, durable: true });
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const pid = await serverPid(folder);
    process.kill(pid, 'SIGKILL');
    await eventually(() => expect(isRunning(pid)).toBe(false));
    const second = await home.start({ folder });
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    expect(second).toMatchObject({ url: first.url, owned: true });
  });

  it('is not misled by a pid file whose pid belongs to another program by now', async () => {
    const folder = await home.freshFolder();
    const stale = [process.pid, join(folder, 'postgres/data'), 1, 1, '', '127.0.0.1', '', 'ready'];
    await writeFile(join(folder, 'postgres/data/postmaster.pid'), `${stale.join('\n')}\n`);
    expect(await findEmbedded({ folder })).toBeUndefined();
    expect(await home.start({ folder })).toMatchObject({ owned: true });
  });

  it('does not take the running server of a folder for that of its copy', async () => {
    const folder = await home.freshFolder();
    const original = await home.start({ folder });
    const copy = join(home.path, 'copy');
    await query(original.url, 'CHECKPOINT');
    await cp(folder, copy, { recursive: true });
    expect(await findEmbedded({ folder: copy })).toBeUndefined();
    const second = await home.start({ folder: copy });
    expect(second.owned).toBe(true);
    expect(second.url).not.toBe(original.url);
  });

  it('is not started by looking for it', async () => {
    expect(await findEmbedded({ folder: home.prepared })).toBeUndefined();
    expect(await findEmbedded({ folder: join(home.path, 'nowhere') })).toBeUndefined();
  });

  it('shows what the server said when it does not start', async () => {
    const folder = await home.freshFolder();
    await writeFile(join(folder, 'postgres/data/PG_VERSION'), '9\n');
    const failure = home.start({ folder });
    await expect(failure).rejects.toThrow(/did not start.*postgres\.log.*not compatible/s);
  });

  it('starts a new log when the old one has grown beyond 10 MB', async () => {
    const folder = await home.freshFolder();
    const log = join(folder, 'postgres.log');
    await writeFile(log, Buffer.alloc(11 * 1024 * 1024));
    await home.start({ folder });
    expect((await stat(log)).size).toBeLessThan(10_000);
    expect(existsSync(`${log}.old`)).toBe(true);
  });

  it('leaves nothing behind when its start is broken off', async () => {
    const folder = join(home.path, 'broken-off');
    const stopping = new AbortController();
    const report = () => stopping.abort();
    await expect(home.start({ folder, report, signal: stopping.signal })).rejects.toThrow(/abort/);
    expect(await readdir(folder)).toEqual(['owner.lock', 'start.lock']);
    const prepared = await home.freshFolder();
    const again = home.start({ folder: prepared, signal: AbortSignal.abort() });
    await expect(again).rejects.toThrow(/abort/);
    expect(existsSync(join(prepared, 'postgres/data/postmaster.pid'))).toBe(false);
  });

  it('says what to do on a platform that it is not built for', async () => {
    await expect(locateBinaries('sunos-sparc')).rejects.toThrow(/sunos-sparc.*DATABASE_URL/s);
  });

  it('says what to do when its package is not installed', async () => {
    const foreign = process.platform === 'win32' ? 'darwin-x64' : 'win32-x64';
    await expect(locateBinaries(foreign)).rejects.toThrow(/not installed.*DATABASE_URL/s);
  });
});
