import { readFileSync } from 'node:fs';
import type { JWK } from 'jose';

/** What every peer needs to know of the database and the tokens that it must accept. */
export interface World {
  readonly databaseUrl: string;
  readonly issuer: string;
  readonly audience: string;
  readonly publicJwk: JWK & { kid: string };
}

export const poolSize = 10;
export const prefix = '/api/v1/bench';
/** Charter names it so when its public address is https. */
export const cookieName = '__Host-session';
/** How Charter's API keys begin. */
export const keyPrefix = 'charter';
export const constant = { status: 'up', service: 'bench' } as const;
export const pageSize = 50;

export function readWorld(): World {
  const file = process.env.BENCH_WORLD;
  if (!file) throw new Error('BENCH_WORLD names no file: start peers through `npm run bench`');
  return JSON.parse(readFileSync(file, 'utf8')) as World;
}
