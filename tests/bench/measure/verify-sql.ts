import { apiPrefix } from '../../../contract/kit/api.ts';
import { service } from '../../../contract/service.ts';
import { at } from '../load/requests.ts';
import type { Workload } from '../load/workloads.ts';
import {
  callerByCookie,
  callerByKey,
  callerByToken,
  findPerson,
  insertPerson,
  listPeople,
} from '../peers/sql.ts';
import { onServer } from '../world/database.ts';
import { ask } from './ask.ts';
import type { Started } from './peers.ts';

const statements: Partial<Record<Workload['name'], readonly { text: string }[]>> = {
  W2: [findPerson],
  W3: [listPeople],
  W4: [insertPerson],
  W5: [callerByToken],
  W6: [callerByCookie],
  W10: [callerByKey],
};

// Refused after the credential check: nothing else is executed that would hide it.
const refusedPath = `${apiPrefix}/users/none`;

/** Asks PostgreSQL whether Charter executes what `peers/sql.ts` says that everybody executes. */
export async function verifyCharterSql(
  charter: Started,
  workloads: readonly Workload[],
  databaseUrl: string,
): Promise<void> {
  for (const { name, requests } of workloads) {
    // The last: whoever verified the answers has made the first ones known to caches.
    const request = (requests.at(-1) ?? '').replace(at('/mine'), refusedPath);
    await ask(charter.server.port, request);
    const seen = await seenBy(databaseUrl);
    for (const { text } of statements[name] ?? []) {
      if (seen.some((query) => text.startsWith(query))) continue;
      throw new Error(`${name}: Charter does not execute\n${text}\nbut\n${seen.join('\n')}`);
    }
  }
}

/** What the connections of Charter executed last; PostgreSQL keeps the first 1,023 bytes. */
async function seenBy(databaseUrl: string): Promise<string[]> {
  const rows = await onServer(
    databaseUrl,
    `select query from pg_stat_activity
     where datname = current_database() and application_name = '${service.name}' and query <> ''`,
  );
  return rows.map(({ query }) => query as string);
}
