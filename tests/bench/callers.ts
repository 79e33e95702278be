import { readConfig } from '../../server/config/config.ts';
import { createFindCaller } from '../../server/features/auth/actors.ts';
import type { FoundCaller } from '../../server/features/sessions/find-caller.ts';
import { openFeatures } from '../../server/features.ts';
import { openPlatform } from '../../server/platform/platform.ts';
import { cpuTimeOf, elapsed } from './measure/cpu.ts';
import { median, rounded } from './measure/statistics.ts';
import { makeCredentials } from './world/credentials.ts';
import { onServer, openDatabase } from './world/database.ts';
import { publicUrl, secretKey } from './world/settings.ts';

// What a second level for callers would save: who is behind a session, from PostgreSQL by its
// compiled statement and from Redis, in turn. Decision 0059 has the figures.
//
//     REDIS_URL=redis://127.0.0.1:6379 node tests/bench/callers.ts

const sessions = 4_000;
const rounds = 9;

const database = await openDatabase(100_000);
const config = readConfig(
  {},
  {
    DATABASE_URL: database.url,
    SECRET_KEYS: secretKey,
    PUBLIC_URL: publicUrl,
    REDIS_URL: process.env.REDIS_URL,
    REDIS_TIMEOUT_MS: '10000',
    DATABASE_POOL_SIZE: '10',
  },
);
const platform = openPlatform(config);
try {
  await platform.redis?.start();
  const redis = platform.redis?.ready;
  if (!redis) throw new Error('REDIS_URL leads to no Redis');
  await makeCredentials(database.url, sessions);
  const rows = await onServer(database.url, "select id from sessions where kind = 'tokens'");
  const ids = rows.map(({ id }) => id as string);
  const { roles, secondFactors } = openFeatures(platform);
  const find = createFindCaller({
    ...{ db: platform.db, clock: platform.clock, roleTable: roles.roleTable },
    secondFactors: secondFactors.service,
  });
  const fromPostgres = async (id: string) => find({ id }, { exact: false });
  const keyOf = (id: string) => `${platform.redis?.keyPrefix}bench:${id}`;
  for (const id of ids) await redis.set(keyOf(id), written(await fromPostgres(id)), 'PX', 600_000);
  const fromRedis = async (id: string) => read((await redis.get(keyOf(id))) ?? '');
  for (const atOnce of [1, 16]) {
    const ways = { PostgreSQL: fromPostgres, Redis: fromRedis };
    const figures = { PostgreSQL: [], Redis: [] } as Record<keyof typeof ways, Figures[]>;
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, way] of Object.entries(ways)) {
        figures[name as keyof typeof ways].push(await measure(ids, atOnce, way));
      }
    }
    for (const [name, all] of Object.entries(figures)) {
      const of = (key: keyof Figures) => rounded(median(all.map((one) => one[key])), 0);
      process.stdout.write(
        `${atOnce} at once, ${name}: ${of('us')} µs each, p99 ${of('p99')} µs, ${of('cpuUs')} µs of our CPU\n`,
      );
    }
  }
} finally {
  await platform.close();
  await database.close();
}

interface Figures {
  readonly us: number;
  readonly p99: number;
  readonly cpuUs: number;
}

async function measure(
  ids: readonly string[],
  atOnce: number,
  look: (id: string) => Promise<FoundCaller | undefined>,
): Promise<Figures> {
  const times: number[] = [];
  const left = [...ids];
  const before = cpuTimeOf(process.pid);
  const worker = async () => {
    for (let id = left.pop(); id; id = left.pop()) {
      const startedAt = performance.now();
      if (!(await look(id))) throw new Error('nobody there');
      times.push((performance.now() - startedAt) * 1_000);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const { totalUs } = elapsed(before, cpuTimeOf(process.pid));
  times.sort((one, other) => one - other);
  const p99 = times[Math.floor(times.length * 0.99)] ?? 0;
  return { us: median(times), p99, cpuUs: totalUs / ids.length };
}

/** As it would lie there: everything that memory holds of a caller. */
function written(found: FoundCaller | undefined): string {
  return JSON.stringify(found, (_, value) => (value instanceof Set ? [...value] : value));
}

function read(text: string): FoundCaller {
  const { session, actor } = JSON.parse(text);
  const instants = ['authenticatedAt', 'lastSeenAt', 'idleExpiresAt', 'expiresAt'];
  for (const name of instants) session[name] = new Date(session[name]);
  return { session, actor: { ...actor, permissions: new Set(actor.permissions) } };
}
