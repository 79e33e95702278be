import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { World } from '../peers/world.ts';
import { dataFolder } from '../world/database.ts';
import { charterSettings } from '../world/settings.ts';
import type { Cpu } from './pinning.ts';
import { Server } from './server.ts';

export interface Peer {
  readonly name: string;
  readonly label: string;
  readonly file: string;
  /** With what it refuses an invalid body. */
  readonly refusal: 400 | 422;
  /** Its environment, beside Charter's settings. */
  readonly env?: Readonly<Record<string, string>>;
}

export const peers: readonly Peer[] = [
  { name: 'raw', label: 'node:http + pg by hand', file: 'peers/raw/server.ts', refusal: 422 },
  { name: 'fastify', label: 'Fastify + zod', file: 'peers/fastify.ts', refusal: 400 },
  {
    name: 'tsrest',
    label: 'ts-rest + Express + Objection',
    file: 'peers/ts-rest/server.ts',
    refusal: 400,
  },
  { name: 'nest', label: 'NestJS + TypeORM', file: '.output/nest/server.js', refusal: 400 },
  {
    name: 'charter',
    label: 'Charter, everything on',
    file: 'peers/charter/server.ts',
    refusal: 422,
  },
];

const charterServer = 'tests/bench/peers/charter/server.ts';

/**
 * Another checkout of Charter, installed, in the same run: a change before and after. Its server
 * brings the endpoints, and gets the same database, settings and requests.
 */
export function peerBefore(checkout: string): Peer {
  const file = resolve(checkout, charterServer);
  return { name: 'before', label: 'Charter before', file, refusal: 422 };
}

/** This checkout, which makes no spans. */
export const untraced: Peer = {
  ...{ name: 'before', label: 'Charter untraced', refusal: 422 },
  file: 'peers/charter/server.ts',
  env: { BENCH_UNTRACED: '1' },
};

const folder = fileURLToPath(new URL('..', import.meta.url));
const root = join(folder, '../..');

/** Node runs TypeScript as it is, but for decorators: NestJS's peer is compiled by tsc. */
export function compileNest(): void {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const args = [tsc, '-p', join(folder, 'peers/nest')];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The NestJS peer does not compile:\n${stdout}`);
}

/** Where servers read what they need to know; it holds a password. */
export function writeWorld(world: World): string {
  const file = join(dataFolder, 'world.json');
  writeFileSync(file, JSON.stringify(world), { mode: 0o600 });
  return file;
}

export interface Started {
  readonly peer: Peer;
  readonly server: Server;
}

export async function startPeer(
  peer: Peer,
  { databaseUrl }: World,
  worldFile: string,
): Promise<Started> {
  const env = { BENCH_WORLD: worldFile, ...peer.env };
  return { peer, server: await startServer(peer.file, databaseUrl, env) };
}

/** A server of this folder or another; every one gets Charter's settings, and only Charter reads them. */
export function startServer(
  file: string,
  databaseUrl: string,
  env: Record<string, string>,
  cpu: Cpu = 0,
): Promise<Server> {
  const settings = { ...charterSettings(databaseUrl), ...env };
  return Server.start({ file: resolve(folder, file), env: settings, cpu });
}
