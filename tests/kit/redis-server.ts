import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from './eventually.ts';
import { freePort } from './port.ts';

/** What is installed, such as `7.0.15`; undefined where it is not. */
export const redisVersion = /v=(\S+)/.exec(
  spawnSync('redis-server', ['--version'], { encoding: 'utf8' }).stdout ?? '',
)?.[1];

export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** What `redis-cli` answers, such as `DBSIZE`. */
  command(...words: string[]): string;
  /** It hangs from now on (SIGSTOP): connections stay, and nothing is answered. */
  pause(): void;
  resume(): void;
  /** It dies without a word; what it held is gone. */
  kill(): Promise<void>;
  /** Again, on the same port. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** A Redis of a test's own on a free port of this machine, which keeps nothing on disk. */
export async function startRedis(...options: readonly string[]): Promise<RedisServer> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'charter-redis-'));
  const usesTls = options.includes('--tls-port');
  const access = usesTls ? ['--port', '0'] : ['--port', String(port)];
  const all = [
    ...access,
    ...options.map((option) => (option === '<port>' ? String(port) : option)),
  ];
  let child: ChildProcess;
  const tls = usesTls ? ['--tls', '--insecure'] : [];
  const command = (...words: string[]) => {
    const cli = ['-h', '127.0.0.1', '-p', String(port), ...tls, ...words];
    const { stdout } = spawnSync('redis-cli', cli, { encoding: 'utf8', timeout: 10_000 });
    return stdout.trim();
  };
  const start = async () => {
    const usual = ['--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder];
    child = spawn('redis-server', [...usual, ...all], { stdio: 'ignore' });
    await eventually(() => {
      // One that wants a password is there as well.
      if (!/PONG|NOAUTH/.test(command('PING'))) throw new Error('Redis does not answer yet');
    });
  };
  // Whoever forgets it, or fails before it is stopped, leaves none behind.
  const abandon = () => void child.kill('SIGKILL');
  process.once('exit', abandon);
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGCONT');
    child.kill(signal);
    await ended;
  };
  await start();
  return {
    url: `${usesTls ? 'rediss' : 'redis'}://127.0.0.1:${port}`,
    port,
    command,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    kill: () => end('SIGKILL'),
    start,
    stop: async () => {
      process.off('exit', abandon);
      await end('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}
