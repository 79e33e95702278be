import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import {
  chmod,
  cp,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { locateBinaries } from '../../../server/development/embedded/binaries.ts';
import {
  type EmbeddedDatabase,
  type EmbeddedOptions,
  findEmbedded,
  startEmbedded,
} from '../../../server/development/embedded/embedded.ts';
import { eventually } from '../../kit/eventually.ts';

const isRoot = process.getuid?.() === 0;

let home: string;
/** A stopped cluster: to copy it is quicker than to make another. */
let prepared: string;
const firstStart: string[] = [];
const started: EmbeddedDatabase[] = [];

beforeAll(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), 'charter-embedded-')));
  prepared = join(home, 'prepared');
  await mkdir(join(prepared, 'postgres.new-half/data'), { recursive: true });
  const report = (line: string) => void firstStart.push(line);
  await (await startEmbedded({ folder: prepared, durable: false, report })).stop();
});

afterAll(() => rm(home, { recursive: true, force: true }));

describe('a running embedded database', () => {
  let folder: string;
  let owner: EmbeddedDatabase;

  beforeAll(async () => {
    folder = await freshFolder();
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
    const sharer = await start({ folder });
    await sharer.stop();
    expect(sharer).toMatchObject({ url: owner.url, owned: false });
    expect(await query(owner.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('creates a database that is asked for and missing', async () => {
    const other = await start({ folder, database: 'other "one"' });
    const [row] = await query(other.url, 'SELECT current_database() AS name');
    expect(row).toEqual({ name: 'other "one"' });
  });

  it('is found by those who only look, with the databases it has', async () => {
    expect(await findEmbedded({ folder })).toBe(owner.url);
    expect(await findEmbedded({ folder, database: 'missing' })).toBeUndefined();
  });
});

describe('the embedded database', () => {
  afterEach(stopStarted);

  it('says that its first start takes a while, and removes what a killed one left', () => {
    expect(firstStart).toEqual(['Preparing PostgreSQL (first start, a few seconds) …']);
    expect(existsSync(join(prepared, 'postgres.new-half'))).toBe(false);
  });

  it('is started once when two processes start it at the same time', async () => {
    const folder = join(home, 'at-once');
    const [one, two] = await Promise.all([startElsewhere(folder), startElsewhere(folder)]);
    expect(one.owned).not.toBe(two.owned);
    expect(one.url).toBe(two.url);
    const owner = one.owned ? one : two;
    const pid = await serverPid(folder);
    owner.process.kill('SIGTERM');
    await once(owner.process, 'exit');
    await eventually(() => expect(isRunning(pid)).toBe(false));
  });

  it('is adopted, and later stopped, when its owner was killed', async () => {
    const folder = await freshFolder();
    const owner = await startElsewhere(folder);
    const pid = await serverPid(folder);
    owner.process.kill('SIGKILL');
    await once(owner.process, 'exit');
    const adopter = await start({ folder });
    expect(adopter).toMatchObject({ url: owner.url, owned: true });
    expect(await serverPid(folder)).toBe(pid);
    await adopter.stop();
    // Its parent was killed: whoever inherited it may take a moment to notice its end.
    await eventually(() => expect(isRunning(pid)).toBe(false));
  });

  it('leaves no process behind when it is stopped, however busy', async () => {
    const folder = await freshFolder();
    const database = await start({ folder });
    const pid = await serverPid(folder);
    const busy = query(database.url, 'SELECT pg_sleep(60)').catch((error: Error) => error);
    await eventually(async () => {
      const [row] = await query(
        database.url,
        `SELECT count(*)::int AS count FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)'`,
      );
      expect(row).toEqual({ count: 1 });
    });
    await Promise.all([database.stop(), database.stop()]);
    // It has lost its memory, and with it its name, a moment before it has ended.
    await eventually(() => expect(isRunning(pid)).toBe(false));
    expect(await busy).toBeInstanceOf(Error);
  });

  it('starts again with its data and its port after the server was killed', async () => {
    const folder = await freshFolder();
    const first = await start({ folder, durable: true });
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    const pid = await serverPid(folder);
    process.kill(pid, 'SIGKILL');
    await eventually(() => expect(isRunning(pid)).toBe(false));
    const second = await start({ folder });
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
    expect(second).toMatchObject({ url: first.url, owned: true });
  });

  it('is not misled by a pid file whose pid belongs to another program by now', async () => {
    const folder = await freshFolder();
    const stale = [process.pid, join(folder, 'postgres/data'), 1, 1, '', '127.0.0.1', '', 'ready'];
    await writeFile(join(folder, 'postgres/data/postmaster.pid'), `${stale.join('\n')}\n`);
    expect(await findEmbedded({ folder })).toBeUndefined();
    expect(await start({ folder })).toMatchObject({ owned: true });
  });

  it('does not take the running server of a folder for that of its copy', async () => {
    const folder = await freshFolder();
    const original = await start({ folder });
    const copy = join(home, 'copy');
    await query(original.url, 'CHECKPOINT');
    await cp(folder, copy, { recursive: true });
    expect(await findEmbedded({ folder: copy })).toBeUndefined();
    const second = await start({ folder: copy });
    expect(second.owned).toBe(true);
    expect(second.url).not.toBe(original.url);
  });

  it('is not started by looking for it', async () => {
    expect(await findEmbedded({ folder: prepared })).toBeUndefined();
    expect(await findEmbedded({ folder: join(home, 'nowhere') })).toBeUndefined();
  });

  it('shows what the server said when it does not start', async () => {
    const folder = await freshFolder();
    await writeFile(join(folder, 'postgres/data/PG_VERSION'), '9\n');
    const failure = start({ folder });
    await expect(failure).rejects.toThrow(/did not start.*postgres\.log.*not compatible/s);
  });

  it('starts a new log when the old one has grown beyond 10 MB', async () => {
    const folder = await freshFolder();
    const log = join(folder, 'postgres.log');
    await writeFile(log, Buffer.alloc(11 * 1024 * 1024));
    await start({ folder });
    expect((await stat(log)).size).toBeLessThan(10_000);
    expect(existsSync(`${log}.old`)).toBe(true);
  });

  it('leaves nothing behind when its start is broken off', async () => {
    const folder = join(home, 'broken-off');
    const stopping = new AbortController();
    const report = () => stopping.abort();
    await expect(start({ folder, report, signal: stopping.signal })).rejects.toThrow(/abort/);
    expect(await readdir(folder)).toEqual(['owner.lock', 'start.lock']);
    const prepared = await freshFolder();
    const again = start({ folder: prepared, signal: AbortSignal.abort() });
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

describe.runIf(isRoot)('the embedded database of root', () => {
  afterEach(stopStarted);

  it('runs as another user below a folder that this user may enter', async () => {
    const folder = await openFolder('open');
    const database = await start({ folder, runAs: 'user' });
    expect(await ownerOf(join(folder, 'postgres/data'))).not.toBe(0);
    expect(await query(database.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('moves out of a home that only root may enter, and is found there again', async () => {
    const folder = join(home, 'closed', 'charter');
    await mkdir(join(home, 'closed'), { mode: 0o700 });
    const first = await start({ folder, runAs: 'user' });
    const [row] = await query(first.url, 'SHOW data_directory');
    const away = join(String(row?.['data_directory']), '..', '..');
    onTestFinished(() => rm(away, { recursive: true, force: true }));
    expect(away).toMatch(/^\/var\/tmp\/charter-/);
    await first.stop();
    const second = await start({ folder });
    expect(await findEmbedded({ folder })).toBe(second.url);
    expect(await readFile(join(folder, 'postgres.log'), 'utf8')).toContain('ready to accept');
  });
});

async function start(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
  const database = await startEmbedded({ durable: false, ...options });
  started.push(database);
  return database;
}

async function stopStarted(): Promise<void> {
  for (const database of started.splice(0)) await database.stop();
}

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(home, 'folder-'));
  await cp(prepared, folder, { recursive: true });
  return folder;
}

async function openFolder(name: string): Promise<string> {
  const folder = join(await mkdtemp(join(tmpdir(), 'charter-open-')), name);
  onTestFinished(() => rm(join(folder, '..'), { recursive: true, force: true }));
  await mkdir(folder);
  await chmod(join(folder, '..'), 0o755);
  return folder;
}

interface Elsewhere {
  process: ChildProcess;
  url: string;
  owned: boolean;
}

/** Starts the database in a process of its own, which stops it on SIGTERM. */
async function startElsewhere(folder: string): Promise<Elsewhere> {
  const module = new URL('../../../server/development/embedded/embedded.ts', import.meta.url);
  const script = `
    const { startEmbedded } = await import(${JSON.stringify(module.href)});
    const database = await startEmbedded(${JSON.stringify({ folder, durable: false })});
    process.once('SIGTERM', () => database.stop().then(() => process.exit(0)));
    setInterval(() => {}, 60_000);
    console.log(JSON.stringify({ url: database.url, owned: database.owned }));`;
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  for await (const line of createInterface({ input: child.stdout })) {
    return { process: child, ...(JSON.parse(line) as { url: string; owned: boolean }) };
  }
  throw new Error('The process ended before it had a database.');
}

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

async function serverPid(folder: string): Promise<number> {
  const text = await readFile(join(folder, 'postgres/data/postmaster.pid'), 'utf8');
  return Number(text.split('\n')[0]);
}

async function ownerOf(path: string): Promise<number> {
  return (await stat(path)).uid;
}

/** A zombie has ended, too: nobody may collect it where process 1 is no init. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' && process.platform !== 'linux';
  }
}
