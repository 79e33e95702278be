import { bearer, post } from '../load/requests.ts';
import type { Workload } from '../load/workloads.ts';
import { LoadGenerator } from '../measure/load.ts';
import { type Peer, peers, type Started, startPeer, writeWorld } from '../measure/peers.ts';
import { type Entry, type Figures, measureWorkload, type Pace } from '../measure/rounds.ts';
import { median, rounded } from '../measure/statistics.ts';
import { verifyAnswers } from '../measure/verify.ts';
import { verifyPageSql } from '../measure/verify-page-sql.ts';
import { pageQuery } from '../peers/graphql/page.ts';
import { pageSize } from '../peers/world.ts';
import { startProgress } from '../report/progress.ts';
import type { GraphqlPage } from '../report/results.ts';
import type { Credentials } from '../world/credentials.ts';
import { onServer } from '../world/database.ts';

/** At most so many times the CPU time of the bare server. */
export const wantedAtMost = 1.3;

const bare: Peer = {
  name: 'graphql',
  label: 'yoga + Pothos + knex',
  file: 'peers/graphql/server.ts',
  refusal: 422,
};
const charter = peers.find(({ name }) => name === 'charter') as Peer;
const warmCallers = 100;

/** W9: a page of 50 accounts with their roles, by two servers with the same schema and SQL. */
export async function graphqlPage(
  { world, tokens }: Credentials,
  pace: Pace,
): Promise<GraphqlPage> {
  await letThemRead(world.databaseUrl);
  const body = { query: pageQuery, variables: { first: pageSize } };
  const requests = tokens.map((token) => post('/graphql', body, bearer(token)));
  const workload: Workload = { name: 'W9', title: 'users with roles', status: 200, requests };
  const servers: Started[] = [];
  const load = new LoadGenerator();
  try {
    const file = writeWorld(world);
    for (const peer of [bare, charter]) servers.push(await startPeer(peer, world, file));
    await verifyAnswers(servers, [workload]);
    const [other, own] = servers as [Started, Started];
    await verifyPageSql(own, workload, world.databaseUrl);
    load.prepare('W9', requests);
    load.prepare('W9 warm', requests.slice(0, warmCallers));
    const entries: Entry[] = [
      { ...other, name: 'bare', requestsName: 'W9' },
      { ...own, name: 'charter', requestsName: 'W9' },
      { ...own, name: 'known', requestsName: 'W9 warm' },
    ];
    const bar = startProgress(entries.length * (pace.rounds + 1), 'Measuring W9');
    const figures = await measureWorkload(load, workload, entries, pace, () => bar.step('W9'));
    bar.stop('Measured W9');
    return pageOf(figures as ReadonlyMap<'bare' | 'charter' | 'known', Figures>);
  } finally {
    load.stop();
    await Promise.all(servers.map(({ server }) => server.stop()));
  }
}

function pageOf(figures: ReadonlyMap<'bare' | 'charter' | 'known', Figures>): GraphqlPage {
  const of = (name: 'bare' | 'charter' | 'known') => figures.get(name) as Figures;
  const bareByRound = of('bare').cpuUsByRound;
  const timesBare = (name: 'charter' | 'known') =>
    rounded(median(of(name).cpuUsByRound.map((us, at) => us / (bareByRound[at] ?? us))), 2);
  return {
    bareUs: Math.round(of('bare').cpuUs.median),
    charterUs: Math.round(of('charter').cpuUs.median),
    knownUs: Math.round(of('known').cpuUs.median),
    timesBare: timesBare('charter'),
    knownTimesBare: timesBare('known'),
  };
}

/** The callers of tokens may read accounts in full, and roles: by a second role, which the page shows. */
export async function letThemRead(databaseUrl: string): Promise<void> {
  const statements = [
    `insert into roles (id, name, is_system, created_at, updated_at)
     values (gen_random_uuid(), 'reader', false, now(), now())`,
    `insert into role_permissions (role_id, permission)
     select id, unnest('{users:read,users:manage,roles:read}'::text[]) from roles where name = 'reader'`,
    `insert into user_roles (user_id, role_id)
     select distinct user_id, roles.id from sessions, roles where roles.name = 'reader'`,
    'vacuum analyze',
  ];
  for (const statement of statements) await onServer(databaseUrl, statement);
}
