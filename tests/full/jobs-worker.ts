import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import * as z from 'zod';
import { readConfig } from '../../server/config/config.ts';
import { job, onSchedule, works } from '../../server/platform/jobs/job.ts';
import { createLog } from '../../server/platform/observability/log.ts';
import { openPlatform } from '../../server/platform/platform.ts';
import { endingSignal } from '../../server/start/ending-signal.ts';
import { beginWork } from '../../server/worker/begin-work.ts';

// A process of its own that does jobs which a test needs, and notes in a table what it has done.

const manners = z.enum(['quick', 'slow', 'deaf', 'until-told', 'stuck-at-first']);
export const act = job('test.act', z.object({ manner: manners }), { retrySeconds: 1 });
const tick = job('test.tick', z.object({}).strict());

async function main(): Promise<void> {
  using ending = endingSignal();
  const platform = openPlatform(readConfig(), { log: createLog({ level: 'info' }) });
  ending.signal.addEventListener('abort', () => platform.drain());
  const note = (name: string, attempt: number) =>
    platform.db('done').insert({ name, attempt, at: new Date(), pid: process.pid });
  platform.jobs.introduce([
    works(act, async ({ data: { manner }, attempt, signal }) => {
      process.stdout.write(`"acts":"${manner}"\n`);
      if (manner === 'slow') await pause(1_500);
      if (manner === 'deaf') await pause(600_000);
      if (manner === 'until-told') await pause(600_000, undefined, { signal });
      if (manner === 'stuck-at-first' && attempt === 1) await pause(600_000);
      await note(manner, attempt);
    }),
    onSchedule(tick, '* * * * *', async ({ attempt }) => void (await note('tick', attempt))),
  ]);
  await beginWork(platform);
  if (!ending.signal.aborted) await once(ending.signal, 'abort');
  await platform.close();
  process.exit(0);
}

if (import.meta.main) await main();
