import { once } from 'node:events';
import { request } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeAll, expect, it } from 'vitest';
import type { Database } from '../../server/platform/db/connect.ts';
import { useApp } from '../kit/app.ts';
import { quickSession } from '../kit/quick-session.ts';
import { auditEntries as count } from '../long/sizes.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const megabyte = 1024 * 1024;
const app = useApp();

beforeAll(async () => {
  const fill = (db: Database) =>
    db.raw(
      `insert into audit_entries (id, at, operation, result, actor, changed)
     select gen_random_uuid(), ?::timestamptz - number * interval '1 millisecond', 'usersUpdate', 'done', 'anonymous', '{email}'
     from generate_series(1, ?) number`,
      [app.clock.now(), count],
    );
  await app.platform.databases.direct(fill, { statementTimeoutMs: 600_000 });
  // As autovacuum would by and by: a planner that knows of no rows would sort all of them for a page.
  await app.db.raw('analyze audit_entries');
}, 600_000);

/** Megabytes that are held, without what only waits for its collection. */
function held(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / megabyte;
}

/** The lines of all of it, and the most that was held in between. */
async function read(format: string) {
  const { headers } = await quickSession(app, { permissions: ['audit:read'] });
  const address = `${app.url}/api/v1/audit/export?format=${format}&actor=anonymous`;
  const [answer] = await once(request(address, { headers }).end(), 'response');
  let lines = 0;
  let most = 0;
  let lookAt = count / 20;
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    for (const byte of chunk) if (byte === 10) lines += 1;
    if (lines < lookAt) continue;
    lookAt += count / 20;
    most = Math.max(most, held());
  }
  return { lines, most };
}

it.each(['csv', 'ndjson'])(
  'a great many entries leave as %s through a memory that stays flat',
  { timeout: 600_000 },
  async (format) => {
    const before = held();
    const { lines, most } = await read(format);
    expect(lines).toBe(format === 'csv' ? count + 1 : count);
    // All of it is 75 MB and more, a page of it a third of one.
    expect(most - before).toBeLessThan(30);
  },
);
