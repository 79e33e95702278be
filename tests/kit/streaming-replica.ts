import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning, query } from './embedded.ts';
import { eventually } from './eventually.ts';
import {
  type RunningPostgres,
  runPostgres,
  runProgram,
  serverFolder,
} from './installed-postgres.ts';
import { freePort } from './port.ts';

/** A server that follows another one, to be ill-treated. */
export interface StreamingReplica {
  /** Of the same database there. */
  readonly url: string;
  query(sql: string): Promise<Record<string, unknown>[]>;
  /** What the primary sends is kept, and not applied. */
  holdBack(): Promise<unknown>;
  /** Again; waits until it has all that the primary has. */
  catchUp(): Promise<void>;
  /** SIGSTOP to all its processes, SIGCONT, SIGKILL. */
  freeze(): void;
  thaw(): void;
  kill(): Promise<void>;
  /** Again, where it was before. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** Copied from the primary as an operator does, and following it. */
export async function startReplica(
  programs: string,
  primaryUrl: string,
): Promise<StreamingReplica> {
  const { data, remove } = await serverFolder();
  const primary = new URL(primaryUrl);
  await runProgram(join(programs, 'pg_basebackup'), [
    ...['--pgdata', data, '--host', primary.hostname, '--port', primary.port],
    ...['--username', primary.username, '--checkpoint=fast', '--write-recovery-conf', '--no-sync'],
  ]);
  const port = await freePort();
  const url = Object.assign(new URL(primaryUrl), { port: String(port) }).href;
  const settings = {
    // Whoever holds what a change takes away is asked to go soon. What vacuum cleans up takes nothing away.
    max_standby_streaming_delay: '1s',
    hot_standby_feedback: 'on',
    wal_retrieve_retry_interval: '100ms',
  };
  let server: RunningPostgres;
  const start = async () => {
    server = await runPostgres(programs, { data, port, settings });
  };
  await start();
  let frozen: number[] = [];
  const signal = (pids: readonly number[], name: NodeJS.Signals) => {
    for (const pid of pids) if (isRunning(pid)) process.kill(pid, name);
  };
  const thaw = () => signal(frozen.splice(0), 'SIGCONT');
  return {
    url,
    query: (sql) => query(url, sql),
    holdBack: () => query(url, 'select pg_wal_replay_pause()'),
    catchUp: async () => {
      // It may take back even this.
      await eventually(() => query(url, 'select pg_wal_replay_resume()'));
      const [now] = await query(primaryUrl, 'select pg_current_wal_lsn() as position');
      await eventually(async () => {
        const [{ there } = {}] = await query(
          url,
          `select pg_last_wal_replay_lsn() >= '${String(now?.position)}' as there`,
        );
        if (!there) throw new Error('It lacks something');
      });
    },
    freeze: () => {
      // The one that makes processes first: none is missed.
      signal([server.pid], 'SIGSTOP');
      frozen = [...childrenOf(server.pid), server.pid];
      signal(frozen, 'SIGSTOP');
    },
    thaw,
    kill: async () => {
      const children = childrenOf(server.pid);
      await server.stop('SIGKILL');
      signal(children, 'SIGKILL');
      await eventually(() => {
        if (children.some(isRunning)) throw new Error('It still runs');
      });
    },
    start,
    close: async () => {
      thaw();
      await server.stop();
      await remove();
    },
  };
}

function childrenOf(pid: number): number[] {
  const text = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8');
  return text.split(' ').filter(Boolean).map(Number);
}
