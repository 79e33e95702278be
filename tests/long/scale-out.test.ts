import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { eventually } from '../kit/eventually.ts';
import { haproxyVersion } from '../kit/haproxy.ts';
import { longProgress } from '../kit/long-progress.ts';
import { memoryMb } from '../kit/memory.ts';
import { pgbouncerVersion } from '../kit/pgbouncer.ts';
import { endProcesses } from '../kit/process.ts';
import { redisVersion } from '../kit/redis-server.ts';
import { columns, kill, killsOf, rowOf } from './kills.ts';
import { type ScaledOut, scaleOut } from './scaled-out.ts';
import { scaleRate, scaleSeconds } from './sizes.ts';
import { cpuDuring, underLoad } from './under-load.ts';

afterAll(endProcesses);

const areThere = haproxyVersion && pgbouncerVersion && redisVersion;

// Debian and others have them as packages: `apt-get install haproxy pgbouncer redis-server`.
describe.runIf(areThere)('three API processes, two workers, PgBouncer, Redis, HAProxy', () => {
  it('carry a steady load, and outlive the death of each part', async () => {
    const world = await scaleOut();
    const text = [heading(), await costs(world), await connections(world), await deaths(world)];
    if (process.env.SCALE_FIGURES) {
      await writeFile(process.env.SCALE_FIGURES, `${text.join('\n\n')}\n`);
    }
  });
});

function heading(): string {
  const [cpu] = cpus();
  const parts = `Node ${process.version}, ${haproxyVersion}, ${pgbouncerVersion}, Redis ${redisVersion}`;
  return `${new Date().toISOString().slice(0, 16)}Z, ${cpus().length} × ${cpu?.model}; ${parts}`;
}

const scenarios = ['browse', 'write', 'login-storm'] as const;
/** Of `SCALE_RATE`: what costs less comes more often. */
const shares = { browse: 5, write: 1, 'login-storm': 0.1 };

/** CPU time of each part per request, without what it takes while nobody calls. */
async function costs(world: ScaledOut): Promise<string> {
  // Whatever is compiled, planned and remembered is so from now on.
  await underLoad(world, { scenario: 'mixed', rate: scaleRate * 2, seconds: scaleSeconds });
  const idle = await cpuDuring(world.parts, () => pause(scaleSeconds * 1_000));
  const rows = [...idle].map(([name, us]) => [name, perSecond(us)]);
  const lines: string[] = [];
  for (const scenario of scenarios) {
    const rate = scaleRate * shares[scenario];
    let due = 0;
    let took = 0;
    const spent = await cpuDuring(world.parts, async () => {
      const startedAt = performance.now();
      const { measured } = await underLoad(world, { scenario, rate, seconds: scaleSeconds });
      took = (performance.now() - startedAt) / 1_000;
      due = measured.due;
      expect(measured.good, `${scenario}: ${JSON.stringify(measured.answers)}`).toBe(measured.due);
      lines.push(
        `${scenario}: ${rate}/s, p50 ${measured.latency?.p50} ms, p99 ${measured.latency?.p99} ms`,
      );
    });
    for (const row of rows) {
      const [name = ''] = row;
      const ownUs = (spent.get(name) ?? 0) - ((idle.get(name) ?? 0) / scaleSeconds) * took;
      row.push(`${Math.max(0, Math.round(ownUs / due))} µs`);
    }
  }
  const head = ['CPU time per request', 'idle, per second', ...scenarios];
  return `${tableOf(head, rows)}\n\n${lines.join('\n')}`;
}

function perSecond(us: number): string {
  return `${(us / scaleSeconds / 1_000).toFixed(1)} ms`;
}

async function connections({ db, server, ports, parts }: ScaledOut): Promise<string> {
  const { rows } = await db.raw(
    `select coalesce(nullif(application_name, ''), backend_type) as who, count(*)::int as connections
     from pg_stat_activity where datname is not null group by 1 order by 2 desc`,
  );
  const held = rows.map((row: { who: string; connections: number }) => [
    row.who,
    String(row.connections),
  ]);
  const memory: string[][] = [];
  for (const { name, pids } of parts) {
    const each = (await pids()).map((pid) => Math.round(memoryMb(pid, 'VmRSS')));
    memory.push([name, each.join(', ')]);
  }
  expect(ports).toHaveLength(3);
  expect(await server.isThere()).toBe(true);
  return `${tableOf(['at PostgreSQL', 'connections'], held)}\n\n${tableOf(['part', 'RSS in MB'], memory)}`;
}

async function deaths(world: ScaledOut): Promise<string> {
  const kills = killsOf(world);
  const progress = longProgress('kills', kills.length);
  const rows: string[][] = [];
  for (const [index, one] of kills.entries()) {
    const seen = await kill(world, one, scaleRate);
    rows.push(rowOf(seen));
    progress.at(index + 1, one.what);
    // Nothing of this is a fault of the caller, nor a defect.
    const statuses = seen.answers.filter(({ isGood }) => !isGood).map(({ seen: saw }) => saw);
    const allowed = /^(502|503|504|nobody listens|connection lost)$/;
    expect(
      statuses.filter((status) => !allowed.test(status)),
      one.what,
    ).toEqual([]);
    await eventually(async () => {
      const { measured } = await underLoad(world, { scenario: 'mixed', rate: 10, seconds: 1 });
      expect(measured.good, one.what).toBe(measured.due);
    });
  }
  progress.end(`${rows.length} of ${kills.length} outlived`);
  return tableOf(columns, rows);
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
