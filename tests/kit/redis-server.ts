import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
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
  pid(): number;
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
export function startRedis(...options: readonly string[]): Promise<RedisServer> {
  return startServer({ options });
}

/** It speaks TLS only, and shows this certificate of `localhost`. */
export function startRedisWithTls(certificate: { key: string; cert: string }) {
  return startServer({ options: [], certificate });
}

/** A cluster of one node, which holds all slots. */
export async function startRedisCluster(): Promise<RedisServer> {
  // Alone it has never heard its own address, and could not tell it to those who ask.
  const announced = ['--cluster-announce-ip', '127.0.0.1'];
  const server = await startServer({ options: ['--cluster-enabled', 'yes', ...announced] });
  server.command('CLUSTER', 'ADDSLOTSRANGE', '0', '16383');
  await eventually(() => {
    if (!server.command('CLUSTER', 'INFO').includes('cluster_state:ok')) throw new Error('not yet');
  });
  return server;
}

interface Start {
  readonly options: readonly string[];
  readonly certificate?: { readonly key: string; readonly cert: string };
}

async function startServer({ options, certificate }: Start): Promise<RedisServer> {
  const port = await freePort();
  const folder = await mkdtemp(join(tmpdir(), 'charter-redis-'));
  const inFolder = ['--save', '', '--appendonly', 'no', '--dir', folder];
  const access = certificate ? await tlsOptions(folder, certificate, port) : ['--port', `${port}`];
  const all = ['--bind', '127.0.0.1', ...access, ...inFolder, ...options];
  const asClient = [
    '-h',
    '127.0.0.1',
    '-p',
    `${port}`,
    ...(certificate ? ['--tls', '--insecure'] : []),
  ];
  const command = (...words: string[]) =>
    spawnSync('redis-cli', [...asClient, ...words], {
      encoding: 'utf8',
      timeout: 10_000,
    }).stdout.trim();
  let child: ChildProcess;
  const start = async () => {
    child = spawn('redis-server', all, { stdio: 'ignore' });
    await eventually(() => {
      // One that wants a password is there as well.
      if (!/PONG|NOAUTH/.test(command('PING'))) throw new Error('Redis does not answer yet');
    });
  };
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  // Whoever forgets it, or fails before it is stopped, leaves none behind.
  const abandon = () => void child.kill('SIGKILL');
  process.once('exit', abandon);
  await start();
  return {
    url: certificate ? `rediss://localhost:${port}` : `redis://127.0.0.1:${port}`,
    port,
    pid: () => child.pid as number,
    command,
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    kill,
    start,
    stop: async () => {
      process.off('exit', abandon);
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function tlsOptions(
  folder: string,
  { key, cert }: { key: string; cert: string },
  port: number,
) {
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  await writeFile(keyFile, key);
  await writeFile(certFile, cert);
  const files = ['--tls-key-file', keyFile, '--tls-cert-file', certFile];
  const ports = ['--port', '0', '--tls-port', `${port}`];
  return [...ports, ...files, '--tls-ca-cert-file', certFile, '--tls-auth-clients', 'no'];
}
