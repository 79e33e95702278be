import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, expect, it, onTestFinished } from 'vitest';
import { findEmbedded } from '../../server/development/embedded/embedded.ts';
import { isRunning, query, serverPid, useEmbedded } from '../kit/embedded.ts';
import { eventually } from '../kit/eventually.ts';

// The rest: tests/platform/db/embedded.test.ts.
const isRoot = process.getuid?.() === 0;
const home = useEmbedded();

describe('the embedded database', () => {
  it('is started once when two processes start it at the same time', async () => {
    const folder = join(home.path, 'at-once');
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
    const folder = await home.freshFolder();
    const owner = await startElsewhere(folder);
    const pid = await serverPid(folder);
    owner.process.kill('SIGKILL');
    await once(owner.process, 'exit');
    const adopter = await home.start({ folder });
    expect(adopter).toMatchObject({ url: owner.url, owned: true });
    expect(await serverPid(folder)).toBe(pid);
    await adopter.stop();
    // Its parent was killed: whoever inherited it may take a moment to notice its end.
    await eventually(() => expect(isRunning(pid)).toBe(false));
  });

  it('leaves no process behind when it is stopped, however busy', async () => {
    const folder = await home.freshFolder();
    const database = await home.start({ folder });
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
});

describe.runIf(isRoot)('the embedded database of root', () => {
  it('runs as another user below a folder that this user may enter', async () => {
    const folder = await openFolder('open');
    const database = await home.start({ folder, runAs: 'user' });
    expect(await ownerOf(join(folder, 'postgres/data'))).not.toBe(0);
    expect(await query(database.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  it('moves out of a home that only root may enter, and is found there again', async () => {
    const folder = join(home.path, 'closed', 'charter');
    await mkdir(join(home.path, 'closed'), { mode: 0o700 });
    const first = await home.start({ folder, runAs: 'user' });
    const [row] = await query(first.url, 'SHOW data_directory');
    const away = join(String(row?.['data_directory']), '..', '..');
    onTestFinished(() => rm(away, { recursive: true, force: true }));
    expect(away).toMatch(/^\/var\/tmp\/charter-/);
    await first.stop();
    const second = await home.start({ folder });
    expect(await findEmbedded({ folder })).toBe(second.url);
    expect(await readFile(join(folder, 'postgres.log'), 'utf8')).toContain('ready to accept');
  });
});

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
  const module = new URL('../../server/development/embedded/embedded.ts', import.meta.url);
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

async function ownerOf(path: string): Promise<number> {
  return (await stat(path)).uid;
}
