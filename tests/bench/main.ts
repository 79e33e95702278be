import { leaveServerCpus } from './measure/pinning.ts';
import { paceOf } from './measure/rounds.ts';
import { compare } from './modes/compare.ts';
import { graphqlPage } from './modes/graphql.ts';
import { growth } from './modes/routes.ts';
import { scale } from './modes/scale.ts';
import { soak } from './modes/soak.ts';
import { startupTimes } from './modes/startup.ts';
import { loginStorm } from './modes/storm.ts';
import { apart, everyWorkload, type Options, readOptions } from './options.ts';
import { describeMachine } from './report/machine.ts';
import { present } from './report/present.ts';
import type { Results } from './report/results.ts';
import { type Credentials, makeCredentials } from './world/credentials.ts';
import { onServer, openDatabase } from './world/database.ts';

const options = readOptions(process.argv.slice(2));
// Each has a CPU of its own, where the machine has one more.
const servers = Math.max(...(options.scale ?? [1]));
leaveServerCpus(servers);
process.stdout.write('Preparing a database …\n');
const database = await openDatabase(options.quick ? 10_000 : 100_000);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // The servers and the load generator end with the channel to this process.
  process.once(signal, () => void database.close().finally(() => process.exit(130)));
}
try {
  // Each process has forgotten a caller before it meets them again: see `callerCacheSize`.
  const credentials = await makeCredentials(database.url, 4_000 * servers);
  const rows = await onServer(database.url, 'select id from bench_people limit 10000');
  const results: Results = {
    date: new Date().toISOString().slice(0, 10),
    machine: describeMachine(database, servers),
    ...(await measure(
      options,
      rows.map(({ id }) => id as string),
      credentials,
    )),
  };
  present(results, options);
} finally {
  await database.close();
}

/** `--routes`, `--scale` and `--soak` are measurements of their own; without them, everything else. */
async function measure(
  { routes, scale: counts, soak: requests, quick, ...rest }: Options,
  ids: readonly string[],
  credentials: Credentials,
): Promise<Omit<Results, 'date' | 'machine'>> {
  const { databaseUrl } = credentials.world;
  if (requests) return { workloads: {}, soak: await soak(requests, ids, credentials) };
  if (counts) {
    const order = { counts, workloads: rest.workloads, pace: paceOf({ quick, ...rest }) };
    return { workloads: {}, scale: await scale(order, ids, credentials) };
  }
  if (routes) {
    const rounds = rest.rounds ?? (quick ? 2 : 7);
    return { workloads: {}, routes: await growth(routes, rounds, credentials.world) };
  }
  const compared = rest.workloads.some((name) => !(apart as readonly string[]).includes(name));
  const isWhole = !quick && rest.only.includes('charter');
  return {
    ...(compared ? await compare({ ...rest, quick }, ids, credentials) : { workloads: {} }),
    ...(rest.workloads.includes('W8') &&
      rest.only.includes('charter') && {
        storm: await loginStorm(credentials, quick ? 1 : 4),
      }),
    ...(rest.workloads.includes('W9') &&
      rest.only.includes('charter') && {
        graphql: await graphqlPage(credentials, paceOf({ quick, ...rest })),
      }),
    ...(isWhole &&
      rest.workloads.length === everyWorkload.length && {
        startup: await startupTimes(databaseUrl, 5),
      }),
  };
}
