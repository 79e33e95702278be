import { setTimeout as pause } from 'node:timers/promises';
import type { ScaledOut } from './scaled-out.ts';
import { type Answer, underLoad } from './under-load.ts';

interface Kill {
  readonly what: string;
  /** What is done to it. */
  readonly how: string;
  readonly kill: () => Promise<void>;
  /** Whoever looks after it starts it again. */
  readonly start: () => Promise<void>;
}

export function killsOf({ api, worker, redis, pgbouncer, haproxy, server }: ScaledOut): Kill[] {
  const sigkill = 'SIGKILL, started again after 3 s';
  return [
    { what: 'one of three API processes', how: sigkill, ...api },
    { what: 'one of two workers', how: sigkill, ...worker },
    { what: 'Redis', how: sigkill, kill: () => redis.kill(), start: () => redis.start() },
    { what: 'PgBouncer', how: sigkill, ...pgbouncer },
    {
      what: 'PostgreSQL, restarted in order',
      how: 'stopped and started at once',
      kill: server.stop,
      start: server.start,
    },
    {
      what: 'PostgreSQL, all its processes',
      how: 'SIGKILL, started at once',
      kill: server.kill,
      start: server.start,
    },
    { what: 'HAProxy', how: sigkill, ...haproxy },
  ];
}

export interface Seen {
  readonly kill: Kill;
  readonly answers: readonly Answer[];
  readonly killedAt: number;
  readonly startedAt: number;
  readonly isBackAt: number;
}

const before = { ms: 3_000 };
const awayMs = 3_000;
const after = { ms: 8_000 };

/** A steady load; meanwhile something dies, and comes back. */
export async function kill(world: ScaledOut, one: Kill, rate: number): Promise<Seen> {
  let [killedAt, startedAt, isBackAt] = [0, 0, 0];
  const isAtOnce = one.how.endsWith('at once');
  const seconds = (before.ms + awayMs + after.ms) / 1_000;
  const { answers } = await underLoad(world, {
    ...{ scenario: 'mixed', rate, seconds },
    during: async () => {
      await pause(before.ms);
      killedAt = performance.now();
      await one.kill();
      if (!isAtOnce) await pause(awayMs);
      startedAt = performance.now();
      await one.start();
      isBackAt = performance.now();
    },
  });
  await world.isThere();
  return { kill: one, answers, killedAt, startedAt, isBackAt };
}

/** A row of the table in docs/scaling.md. */
export function rowOf({ kill: one, answers, killedAt, startedAt, isBackAt }: Seen): string[] {
  const bad = answers.filter(({ isGood }) => !isGood);
  const times = new Map<string, number>();
  for (const { seen } of bad) times.set(seen, (times.get(seen) ?? 0) + 1);
  const saw = [...times].map(([seen, count]) => `${count} × ${seen}`).join(', ');
  const last = Math.max(0, ...bad.map(({ dueAt }) => dueAt));
  const slowest = Math.max(
    ...answers
      .filter(({ isGood, dueAt }) => isGood && dueAt > killedAt - 1_000)
      .map(({ dueAt, endedAt }) => endedAt - dueAt),
  );
  const usual = answers
    .filter(({ dueAt }) => dueAt < killedAt - 1_000)
    .map(({ dueAt, endedAt }) => endedAt - dueAt)
    .toSorted((a, b) => a - b);
  return [
    one.what,
    one.how,
    bad.length === 0 ? `nothing: ${answers.length} good answers` : `${saw}, of ${answers.length}`,
    bad.length === 0 ? '–' : seconds(last - killedAt),
    bad.length === 0 ? '–' : last > startedAt ? seconds(last - startedAt) : 'before that',
    seconds(isBackAt - startedAt),
    seconds(slowest),
    seconds(usual[Math.floor(usual.length * 0.99)] ?? 0),
  ];
}

export const columns = [
  'what dies',
  'how',
  'what callers saw',
  'last bad answer after the kill',
  'after its start began',
  'its start took',
  'slowest good answer',
  'p99 before',
];

function seconds(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}
