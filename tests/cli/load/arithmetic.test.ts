import { describe, expect, it } from 'vitest';
import { arrivals, seededRandom } from '../../../server/cli/load/arrivals.ts';
import { comparisonOf } from '../../../server/cli/load/comparison.ts';
import { generate } from '../../../server/cli/load/generator.ts';
import { intervalSecondsOf } from '../../../server/cli/load/order.ts';
import { Recorder } from '../../../server/cli/load/recorder.ts';
import { requestsOf } from '../../../server/cli/load/scenarios.ts';
import type { LoadRequest, Sent } from '../../../server/cli/load/sender.ts';
import { timedOut } from '../../../server/cli/load/sender.ts';
import { aRun } from './stored-run.ts';

const request: LoadRequest = {
  ...{ operation: 'me.get', method: 'GET', path: '/', headers: {}, expected: 200 },
};

describe('arrivals', () => {
  it('are known beforehand, at equal distances', () => {
    const due = [...arrivals({ rate: 4, seconds: 1, isEven: true, random: () => 0 })];
    expect(due).toEqual([0, 250, 500, 750]);
  });

  it('come as strangers do: as many as asked for, in gaps that are exponential', () => {
    const random = seededRandom();
    const due = [...arrivals({ rate: 100, seconds: 1_000, isEven: false, random })];
    expect(Math.abs(due.length - 100_000)).toBeLessThan(1_000);
    const gaps = due.slice(1).map((at, index) => at - (due[index] as number));
    const longer = (ms: number) => gaps.filter((gap) => gap > ms).length / gaps.length;
    expect(longer(10)).toBeCloseTo(Math.exp(-1), 2);
    expect(longer(30)).toBeCloseTo(Math.exp(-3), 2);
  });

  it('are the same in every run', () => {
    const some = () => [
      ...arrivals({ rate: 50, seconds: 1, isEven: false, random: seededRandom() }),
    ];
    expect(some()).toEqual(some());
  });
});

/** A service that answers one after the other within 2 ms, and stands still for two seconds. */
function stalling(): (sent: LoadRequest, dueAt: number) => Promise<Sent> {
  let freeAt = 0;
  return async (_request, dueAt) => {
    const beginsAt = Math.max(dueAt, freeAt);
    const resumesAt = beginsAt >= 4_000 && beginsAt < 6_000 ? 6_000 : beginsAt;
    freeAt = resumesAt + 2;
    return { seen: 200, sentAt: dueAt, endedAt: freeAt };
  };
}

/** Time that passes only where somebody waits. */
function ownTime() {
  let now = 0;
  return {
    now: () => now,
    until: async (instant: number) => {
      now = Math.max(now, instant);
    },
  };
}

async function measure(send: (sent: LoadRequest, dueAt: number) => Promise<Sent>, warmUpMs = 0) {
  const recorder = new Recorder({ intervalSeconds: 1 });
  const due = arrivals({ rate: 100, seconds: 10, isEven: true, random: () => 0 });
  await generate({
    ...{ arrivals: due, warmUpMs, next: () => request, send, recorder },
    timing: ownTime(),
  });
  return recorder.measured();
}

describe('a service that stands still for two of ten seconds', () => {
  it('shows in the latencies of all that were due meanwhile, and nobody was sent later for it', async () => {
    const { due, good, latency, curve } = await measure(stalling());
    expect([due, good]).toEqual([1_000, 1_000]);
    expect(latency?.p50).toBeCloseTo(2, 1);
    // A tenth of all was due in the first of the two seconds.
    expect(latency?.p90).toBeGreaterThan(1_000);
    expect(latency?.p99).toBeGreaterThan(1_850);
    expect(latency?.max).toBeCloseTo(2_002, -1);
    expect(curve.at(-1)?.[1]).toBe(latency?.max);
  });

  it('shows where they were due', async () => {
    const { intervals } = await measure(stalling());
    expect(intervals.map(({ due }) => due)).toEqual(Array(10).fill(100));
    const stalled = intervals.filter(({ latency }) => (latency?.p50 ?? 0) > 500);
    expect(stalled.map(({ atSeconds }) => atSeconds)).toEqual([4, 5]);
    expect(intervals[9]?.latency?.max).toBeLessThan(10);
  });
});

it('a generator that stands still itself loses nothing of what was due meanwhile', async () => {
  const recorder = new Recorder({ intervalSeconds: 1 });
  const due = arrivals({ rate: 100, seconds: 30, isEven: true, random: () => 0 });
  const time = ownTime();
  let isStuck = false;
  const until = async (instant: number) => {
    await time.until(instant);
    // Half of the run in one go; answers come while it catches up.
    if (!isStuck && instant >= 5_000) await time.until(20_000);
    isStuck ||= instant >= 5_000;
    await new Promise(setImmediate);
  };
  const send = async (_: LoadRequest, dueAt: number) => {
    const sentAt = time.now();
    await new Promise(setImmediate);
    return { seen: 200, sentAt, endedAt: sentAt + 2, dueAt };
  };
  await generate({
    arrivals: due,
    next: () => request,
    send,
    recorder,
    timing: { ...time, until },
  });
  const { intervals } = recorder.measured();
  expect(intervals.map((interval) => interval.due)).toEqual(Array(30).fill(100));
});

it('what was due in the warm-up does not count', async () => {
  const { due, intervals } = await measure(stalling(), 7_000);
  expect(due).toBe(300);
  expect(intervals.map(({ atSeconds }) => atSeconds)).toEqual([0, 1, 2]);
});

describe('a recorder', () => {
  const recordAll = (...all: (readonly [seen: number | string, endedAt: number])[]) => {
    const recorder = new Recorder({ intervalSeconds: 1 });
    for (const [seen, endedAt] of all) {
      recorder.record(request, { seen, sentAt: 5, endedAt }, { dueAt: 0, startedAt: 0 });
    }
    return recorder.measured();
  };

  it('counts 429 apart from failures, and neither as quick answers', () => {
    const measured = recordAll([200, 100], [429, 1], [503, 1], ['connection lost', 1]);
    expect(measured).toMatchObject({ due: 4, good: 1, limited: 1, failed: 2 });
    expect(measured.latency?.mean).toBeCloseTo(100, 0);
    expect(measured.answers).toEqual({ 200: 1, 429: 1, 503: 1, 'connection lost': 1 });
  });

  it('counts who got no answer for as long as they waited', () => {
    const { failed, latency } = recordAll([200, 1], [timedOut, 10_000]);
    expect(failed).toBe(1);
    expect(latency?.max).toBeCloseTo(10_000, -2);
  });

  it('takes who left a trifle early for due when they left', () => {
    const recorder = new Recorder({ intervalSeconds: 1 });
    const early = { seen: 200, sentAt: 9.6, endedAt: 11.6 };
    recorder.record(request, early, { dueAt: 10, startedAt: 0 });
    expect(recorder.measured().latency?.max).toBeCloseTo(2, 1);
  });

  it('has percentiles of a thousand values to three digits', () => {
    const recorder = new Recorder({ intervalSeconds: 1 });
    for (let ms = 1; ms <= 1_000; ms += 1) {
      recorder.record(request, { seen: 200, sentAt: 0, endedAt: ms }, { dueAt: 0, startedAt: 0 });
    }
    const { p50 = 0, p90 = 0, p99 = 0, max = 0 } = recorder.measured().latency ?? {};
    for (const [is, wanted] of [
      [p50, 500],
      [p90, 900],
      [p99, 990],
      [max, 1_000],
    ] as const) {
      expect(Math.abs(is / wanted - 1)).toBeLessThan(0.002);
    }
  });

  it('tells nothing where nothing was', () => {
    expect(recordAll()).toMatchObject({ due: 0, latency: null, curve: [], intervals: [] });
  });

  it('closes what nobody can add to any more, and keeps it', () => {
    const recorder = new Recorder({ intervalSeconds: 1 });
    const sent = { seen: 200, sentAt: 0, endedAt: 2 };
    recorder.record(request, sent, { dueAt: 0, startedAt: 0 });
    recorder.closeBefore(1_000);
    recorder.record(request, sent, { dueAt: 1_000, startedAt: 0 });
    expect(recorder.measured().intervals.map(({ atSeconds }) => atSeconds)).toEqual([0, 1]);
  });
});

it('a long run has no more points than a page can show, and each has some requests', () => {
  expect(intervalSecondsOf({ rate: 1_000, seconds: 60 })).toBe(1);
  expect(intervalSecondsOf({ rate: 10, seconds: 30 })).toBe(2);
  expect(intervalSecondsOf({ rate: 1_000, seconds: 86_400 })).toBe(900);
});

it('mixed reads, changes and signs in as often as it says', () => {
  const account = { identifier: 'ada', password: 'secret' };
  const callers = [{ account, authorization: 'Bearer x' }];
  const next = requestsOf('mixed', { callers, random: seededRandom() });
  const all = Array.from({ length: 10_000 }, next);
  const share = (name: string) =>
    all.filter(({ operation }) => operation === name).length / all.length;
  expect(share('me.get')).toBeCloseTo(0.425, 1);
  expect(share('me.update')).toBeCloseTo(0.14, 1);
  expect(share('auth.login')).toBeCloseTo(0.01, 2);
});

describe('a comparison', () => {
  it('gives ratios, and none to nothing', () => {
    const before = aRun({ failed: 0 });
    const now = aRun({ failed: 10, latency: { ...aRun().latency, p50: 4 } as never });
    const { differences, figures } = comparisonOf(now, before);
    expect(differences).toEqual([]);
    const find = (wanted: string) => figures.find(({ name }) => name === wanted);
    expect(find('p50')).toMatchObject({ before: 2, now: 4, ratio: 2 });
    expect(find('failed')).toMatchObject({ before: 0, now: 0.01, ratio: null });
  });

  it('says what differs in what was asked for', () => {
    expect(comparisonOf(aRun({ rate: 200 }), aRun()).differences).toEqual(['rate 100 → 200']);
  });
});
