import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { recommendedMemoryKib } from '../../../server/config/passwords.ts';
import { PasswordHashes } from '../../../server/features/passwords/hashes.ts';
import { at, get, post } from '../load/requests.ts';
import { LoadGenerator } from '../measure/load.ts';
import { startServer, writeWorld } from '../measure/peers.ts';
import { cpus, onServerCpu } from '../measure/pinning.ts';
import type { Server } from '../measure/server.ts';
import { median, rounded } from '../measure/statistics.ts';
import type { Storm } from '../report/results.ts';
import type { Credentials } from '../world/credentials.ts';
import { onServer } from '../world/database.ts';

const password = 'correct horse battery staple';
const inFlight = 20;
/** The probe beside the storm: few requests, so that waiting is the storm's doing. */
const probe = { connections: 4, pauseMs: 2 };
/** Charter hashes on all cores but one (`features/passwords/hash-queue.ts`); so does the bare loop. */
const hashesAtOnce = Math.max(1, cpus - 1);

interface Round {
  readonly loginsPerSecond: number;
  readonly bareHashesPerSecond: number;
  readonly cpuMsPerLogin: number;
  readonly quietP99Ms: number;
  readonly stormP99Ms: number;
}

const rounds = 3;

/**
 * W8: twenty sign-ins in flight, and W1 beside them. The server has the whole machine here: that
 * one core stays free for other requests is what is measured.
 */
export async function loginStorm({ world }: Credentials, seconds: number): Promise<Storm> {
  await givePasswords(world.databaseUrl);
  const env = { BENCH_WORLD: writeWorld(world) };
  const server = await startServer('peers/charter/server.ts', world.databaseUrl, env, 'all');
  const load = new LoadGenerator();
  const measured: Round[] = [];
  try {
    load.prepare('probe', [get(at('/constant'))]);
    load.prepare('logins', logins());
    // The first round warms up.
    for (let round = 0; round <= rounds; round += 1) {
      measured.push(await measureRound(load, server, round === 0 ? 1 : seconds));
    }
  } finally {
    load.stop();
    await server.stop();
  }
  return stormOf(measured.slice(1));
}

async function measureRound(load: LoadGenerator, server: Server, seconds: number): Promise<Round> {
  const ports = [server.port];
  const bareHashesPerSecond = bareHashRate(seconds);
  const quiet = { name: 'probe', ports, status: 200, ...probe, seconds };
  const storm = { name: 'logins', ports, status: 200, connections: inFlight, seconds };
  const before = await load.run(quiet);
  const { cpu, done } = await server.cpuTimeOf(() =>
    Promise.all([load.run(storm), load.run(quiet)]),
  );
  const [logins, beside] = done;
  return {
    bareHashesPerSecond,
    loginsPerSecond: logins.count / logins.seconds,
    cpuMsPerLogin: cpu.totalUs / 1000 / logins.count,
    quietP99Ms: before.p99Ms,
    stormP99Ms: beside.p99Ms,
  };
}

function stormOf(measured: readonly Round[]): Storm {
  const of = (key: keyof Round) => median(measured.map((round) => round[key]));
  return {
    loginsPerSecond: rounded(of('loginsPerSecond'), 1),
    bareHashesPerSecond: rounded(of('bareHashesPerSecond'), 1),
    shareOfBare: rounded(of('loginsPerSecond') / of('bareHashesPerSecond'), 2),
    cpuMsPerLogin: rounded(of('cpuMsPerLogin'), 1),
    quietP99Ms: rounded(of('quietP99Ms'), 2),
    stormP99Ms: rounded(of('stormP99Ms'), 2),
    p99Growth: rounded(of('stormP99Ms') / of('quietP99Ms'), 1),
  };
}

/** More accounts than sign-ins in flight: attempts at one account are counted one by one. */
const accounts = 200;

async function givePasswords(databaseUrl: string): Promise<void> {
  const hash = await new PasswordHashes({ memoryKib: recommendedMemoryKib }).hash(password);
  await onServer(databaseUrl, 'update users set password_hash = $1 where username = any($2)', [
    hash,
    usernames(),
  ]);
}

function usernames(): string[] {
  return Array.from({ length: accounts }, (_, index) => `p${index + 1}`);
}

function logins(): string[] {
  return usernames().map((identifier) =>
    post('/api/v1/auth/login', { identifier, password, delivery: 'cookie' }),
  );
}

function bareHashRate(seconds: number): number {
  const file = fileURLToPath(new URL('argon.ts', import.meta.url));
  const args = [file, String(hashesAtOnce), String(seconds)];
  const command = onServerCpu(process.execPath, args, 'all');
  const { stdout, status } = spawnSync(command.file, command.args, { encoding: 'utf8' });
  if (status !== 0) throw new Error('Argon2id alone could not be measured');
  return Number(stdout);
}
