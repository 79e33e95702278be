import { readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll } from 'vitest';
import {
  type EmbeddedDatabase,
  type EmbeddedOptions,
  startEmbedded,
} from '../../server/development/embedded/embedded.ts';

/** Folders for embedded databases, all of them gone after the file. */
export interface EmbeddedHome {
  readonly path: string;
  /** A stopped cluster: to copy it is quicker than to make another. */
  readonly prepared: string;
  /** What its first start said. */
  readonly firstStart: string[];
  /** Started in this process, stopped after the test. */
  start(options: EmbeddedOptions): Promise<EmbeddedDatabase>;
  /** A folder with a stopped cluster of its own. */
  freshFolder(): Promise<string>;
}

/** For all tests of a file. */
export function useEmbedded(): EmbeddedHome {
  const home = { path: '', prepared: '', firstStart: [] as string[] };
  const started: EmbeddedDatabase[] = [];

  beforeAll(async () => {
    home.path = await realpath(await mkdtemp(join(tmpdir(), 'charter-embedded-')));
    home.prepared = join(home.path, 'prepared');
    await mkdir(join(home.prepared, 'postgres.new-half/data'), { recursive: true });
    const report = (line: string) => void home.firstStart.push(line);
    await (await startEmbedded({ folder: home.prepared, durable: false, report })).stop();
  });
  afterEach(async () => {
    for (const database of started.splice(0)) await database.stop();
  });
  afterAll(() => rm(home.path, { recursive: true, force: true }));

  return Object.assign(home, {
    start: async (options: EmbeddedOptions) => {
      const database = await startEmbedded({ durable: false, ...options });
      started.push(database);
      return database;
    },
    freshFolder: async () => {
      const folder = await mkdtemp(join(home.path, 'folder-'));
      await cp(home.prepared, folder, { recursive: true });
      return folder;
    },
  });
}

export async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end().catch(() => {});
  }
}

export async function serverPid(folder: string): Promise<number> {
  const text = await readFile(join(folder, 'postgres/data/postmaster.pid'), 'utf8');
  return Number(text.split('\n')[0]);
}

/** A zombie has ended, too: nobody may collect it where process 1 is no init. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' && process.platform !== 'linux';
  }
}
