import { readdirSync } from 'node:fs';
import { arrivals, seededRandom } from '../../server/cli/load/arrivals.ts';
import { generate } from '../../server/cli/load/generator.ts';
import { Recorder, resultOf } from '../../server/cli/load/recorder.ts';
import type { Measured, ScenarioName } from '../../server/cli/load/run-file.ts';
import { requestsOf } from '../../server/cli/load/scenarios.ts';
import { Sender } from '../../server/cli/load/sender.ts';
import { cpuTimeOf } from '../bench/measure/cpu.ts';
import type { Part, ScaledOut } from './scaled-out.ts';

/** One request, as its caller saw it. Instants are those of `performance.now()`. */
export interface Answer {
  readonly dueAt: number;
  readonly endedAt: number;
  readonly seen: string;
  readonly isGood: boolean;
}

interface Load {
  readonly scenario: ScenarioName;
  readonly rate: number;
  readonly seconds: number;
  /** Goes on beside it. */
  readonly during?: () => Promise<void>;
}

/** What `charter load` sends, and each answer by itself. */
export async function underLoad(
  { url, callers }: Pick<ScaledOut, 'url' | 'callers'>,
  { scenario, rate, seconds, during = async () => {} }: Load,
): Promise<{ readonly answers: readonly Answer[]; readonly measured: Measured }> {
  const sender = new Sender(url, { connections: 100, timeoutMs: 30_000 });
  const recorder = new Recorder({ intervalSeconds: 1 });
  const answers: Answer[] = [];
  try {
    const due = arrivals({ rate, seconds, isEven: false, random: seededRandom(1) });
    const sending = generate({
      arrivals: due,
      next: requestsOf(scenario, { callers: callers.list, random: seededRandom(2) }),
      send: async (request, dueAt) => {
        const sent = await sender.send(request, dueAt);
        const isGood = resultOf(sent.seen, request.expected) === 'good';
        answers.push({ dueAt, endedAt: sent.endedAt, seen: String(sent.seen), isGood });
        return sent;
      },
      recorder,
    });
    await Promise.all([sending, during()]);
    return { answers, measured: recorder.measured() };
  } finally {
    await sender.close();
  }
}

/** CPU time of each part while something goes on, in microseconds. */
export async function cpuDuring(
  parts: readonly Part[],
  work: () => Promise<unknown>,
): Promise<Map<string, number>> {
  const before = new Map<number, number>();
  const look = async () => {
    const times = parts.map(async ({ name, pids }) => [name, await pids()] as const);
    return Promise.all(times);
  };
  for (const [, pids] of await look()) {
    for (const pid of pids) before.set(pid, timeOf(pid) ?? 0);
  }
  await work();
  const after = await look();
  return new Map(
    after.map(([name, pids]) => {
      // One that has begun meanwhile began with nothing; one that has ended took its time with it.
      const spent = pids.map((pid) => (timeOf(pid) ?? 0) - (before.get(pid) ?? 0));
      return [name, spent.reduce((sum, micros) => sum + Math.max(0, micros), 0)];
    }),
  );
}

function timeOf(pid: number): number | undefined {
  try {
    readdirSync(`/proc/${pid}/task`);
    return cpuTimeOf(pid).totalUs;
  } catch {
    return undefined;
  }
}
