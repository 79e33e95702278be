import { leaveServerCpu } from './measure/pinning.ts';
import { compare } from './modes/compare.ts';
import { growth } from './modes/routes.ts';
import { soak } from './modes/soak.ts';
import { startupTimes } from './modes/startup.ts';
import { loginStorm } from './modes/storm.ts';
import { type Options, readOptions } from './options.ts';
import { describeMachine } from './report/machine.ts';
import { present } from './report/present.ts';
import type { Results } from './report/results.ts';
import { type Credentials, makeCredentials } from './world/credentials.ts';
import { onServer, openDatabase } from './world/database.ts';

const options = readOptions(process.argv.slice(2));
leaveServerCpu();
process.stdout.write('Preparing a database …\n');
const database = await openDatabase(options.quick ? 10_000 : 100_000);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // The servers and the load generator end with the channel to this process.
  process.once(signal, () => void database.close().finally(() => process.exit(130)));
}
try {
  const credentials = await makeCredentials(database.url, 4_000);
  const rows = await onServer(database.url, 'select id from bench_people limit 10000');
  const results: Results = {
    date: new Date().toISOString().slice(0, 10),
    machine: describeMachine(database),
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

/** `--routes` and `--soak` are measurements of their own; without them, everything else. */
async function measure(
  { routes, soak: requests, quick, ...rest }: Options,
  ids: readonly string[],
  credentials: Credentials,
): Promise<Omit<Results, 'date' | 'machine'>> {
  const { databaseUrl } = credentials.world;
  if (requests) return { workloads: {}, soak: await soak(requests, ids, credentials) };
  if (routes) {
    const rounds = rest.rounds ?? (quick ? 2 : 7);
    return { workloads: {}, routes: await growth(routes, rounds, credentials.world) };
  }
  const compared = rest.workloads.some((name) => name !== 'W8');
  const isWhole = !quick && rest.only.includes('charter');
  return {
    ...(compared ? await compare({ ...rest, quick }, ids, credentials) : { workloads: {} }),
    ...(rest.workloads.includes('W8') &&
      rest.only.includes('charter') && {
        storm: await loginStorm(credentials, quick ? 1 : 4),
      }),
    ...(isWhole && rest.workloads.length === 8 && { startup: await startupTimes(databaseUrl, 5) }),
  };
}
