import { expect } from 'vitest';
import { Chance } from '../kit/chance.ts';
import { fuzzedRequest } from '../kit/fuzz.ts';
import { memoryMb } from '../kit/memory.ts';
import { openService } from '../kit/open-service.ts';
import { raw } from '../kit/raw.ts';

export interface Fuzzed {
  /** How often each status came; `NaN`, `0`: the connection was closed without a word. */
  readonly statuses: Readonly<Record<string, number>>;
  /** What was answered by 5xx, as bytes that a test can send again. */
  readonly failures: readonly string[];
  readonly peakMb: number;
}

/** The connection ended while we still wrote. */
const noAnswer = { status: 0, text: '' };
/** Half of a request, or one that says that it is longer: nobody waits for the rest of it. */
const patienceMs = 500;
const atOnce = 16;
/** Callers sign themselves out, end their keys and remove their accounts: new ones come then. */
const freshEvery = 1_000;

/** A process of the service, so many fuzzed requests, and a word with it afterwards. */
export async function fuzz(
  requests: number,
  seed: number,
  onStep = (_done: number) => {},
): Promise<Fuzzed> {
  const { url, process: service, callers } = await openService();
  const chance = new Chance(seed);
  const statuses: Record<string, number> = {};
  const failures: string[] = [];
  for (let done = 0; done < requests; done += freshEvery) {
    const credentials = await callers();
    let left = Math.min(freshEvery, requests - done);
    const one = async () => {
      while (left > 0) {
        left -= 1;
        const bytes = fuzzedRequest(chance, credentials);
        const { status, text } = await raw(url, bytes, { endsAfterMs: patienceMs }).catch(
          () => noAnswer,
        );
        statuses[status] = (statuses[status] ?? 0) + 1;
        if (status >= 500) failures.push(`${status} ${text}\n${bytes.toString('latin1')}`);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, one));
    onStep(Math.min(requests, done + freshEvery));
  }
  expect(service.child.exitCode).toBe(null);
  expect((await fetch(`${url}/api/v1/health/readiness`)).status).toBe(200);
  // Also of those that broke off before their answer.
  expect(service.output().match(/^.*("level":"fatal"|"status":5\d\d).*$/gm) ?? []).toEqual([]);
  return { statuses, failures, peakMb: memoryMb(service.child.pid, 'VmHWM') };
}
