import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type EmbeddedDatabase,
  startEmbedded,
} from '../../server/development/embedded/embedded.ts';
import { testSecrets } from './cluster.ts';
import { isRunning, query, serverPid } from './embedded.ts';
import { eventually } from './eventually.ts';
import { prepare } from './prepare.ts';

/** A PostgreSQL of one's own, to be ill-treated. What it acknowledged it keeps. */
export interface OwnServer {
  readonly url: string;
  readonly folder: string;
  /** Of all its processes. */
  pids(): Promise<number[]>;
  /** The server with all its processes, as after SIGSTOP to a container. */
  readonly freeze: () => Promise<void>;
  readonly thaw: () => Promise<void>;
  /** SIGKILL to all its processes. */
  readonly kill: () => Promise<void>;
  /** In order: what is open is cut off. */
  readonly stop: () => Promise<void>;
  /** Again, where it was before. */
  readonly start: () => Promise<void>;
  isThere(): Promise<boolean>;
  query(sql: string): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** Migrated, below `parent`. */
export async function ownServer(parent = tmpdir()): Promise<OwnServer> {
  const folder = await mkdtemp(join(parent, 'charter-own-server-'));
  let server: EmbeddedDatabase = await startEmbedded({ folder });
  const { url } = server;
  await prepare(url, testSecrets.join(','));
  let frozen: number[] = [];
  const signal = (pids: readonly number[], name: NodeJS.Signals) => {
    for (const pid of pids) {
      // It may have ended meanwhile.
      if (isRunning(pid)) process.kill(pid, name);
    }
  };
  const thaw = async () => signal(frozen.splice(0), 'SIGCONT');
  return {
    url,
    folder,
    pids: async () => {
      const postmaster = await serverPid(folder);
      return [postmaster, ...childrenOf(postmaster)];
    },
    freeze: async () => {
      const postmaster = await serverPid(folder);
      // The one that makes processes first: none is missed.
      signal([postmaster], 'SIGSTOP');
      const children = childrenOf(postmaster);
      signal(children, 'SIGSTOP');
      frozen = [...children, postmaster];
    },
    thaw,
    kill: async () => {
      const postmaster = await serverPid(folder);
      const all = [postmaster, ...childrenOf(postmaster)];
      signal(all, 'SIGKILL');
      await eventually(() => {
        if (all.some(isRunning)) throw new Error('It still runs');
      });
    },
    stop: () => server.stop(),
    start: async () => {
      server = await startEmbedded({ folder });
      if (server.url !== url) throw new Error('The server has another address now');
    },
    isThere: () =>
      query(url, 'select 1').then(
        () => true,
        () => false,
      ),
    query: (sql) => query(url, sql),
    close: async () => {
      await thaw();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.split(' ').filter(Boolean).map(Number);
}
