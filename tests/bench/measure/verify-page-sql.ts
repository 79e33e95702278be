import { service } from '../../../contract/service.ts';
import type { Workload } from '../load/workloads.ts';
import { pageStatements } from '../peers/graphql/page.ts';
import { onServer } from '../world/database.ts';
import { ask } from './ask.ts';
import type { Started } from './peers.ts';

/** Asks PostgreSQL whether Charter executes for W9 what `peers/graphql` does. */
export async function verifyPageSql(
  { server }: Started,
  { requests }: Workload,
  databaseUrl: string,
): Promise<void> {
  const missing = new Set(Object.values(pageStatements));
  // A connection tells what it executed last: of many requests, each statement is the last one once.
  for (let round = 0; round < 200 && missing.size > 0; round += 1) {
    const some = requests.slice(0, 10).map((request) => ask(server.port, request));
    const [rows] = await Promise.all([seenBy(databaseUrl), ...some]);
    for (const text of rows) missing.delete(text);
  }
  if (missing.size > 0) throw new Error(`W9: Charter does not execute\n${[...missing].join('\n')}`);
}

async function seenBy(databaseUrl: string): Promise<string[]> {
  const rows = await onServer(
    databaseUrl,
    `select query from pg_stat_activity
     where datname = current_database() and application_name = '${service.name}' and query <> ''`,
  );
  return rows.map(({ query }) => query as string);
}
