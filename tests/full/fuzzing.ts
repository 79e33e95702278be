import { expect, onTestFinished } from 'vitest';
import { permissionNames } from '../../contract/kit/permissions.ts';
import { connect } from '../../server/platform/db/connect.ts';
import { noLimits, publicUrl, quickHashing, type TestApp, testConfig } from '../kit/app.ts';
import { Chance } from '../kit/chance.ts';
import { TestClock } from '../kit/clock.ts';
import { createDatabase } from '../kit/database.ts';
import { fuzzedRequest } from '../kit/fuzz.ts';
import { memoryMb } from '../kit/memory.ts';
import { startProcess, testEnvironment } from '../kit/process.ts';
import { quickKey, quickProgram } from '../kit/quick-key.ts';
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
  const { url: databaseUrl, drop } = await createDatabase();
  onTestFinished(drop);
  const db = connect({ url: databaseUrl, poolSize: 2, statementTimeoutMs: 60_000 });
  onTestFinished(() => db.destroy());
  const service = startProcess({
    ...testEnvironment(databaseUrl),
    ...noLimits,
    PUBLIC_URL: publicUrl,
    PASSWORD_HASH_MEMORY_KIB: String(quickHashing.memoryKib),
    REQUEST_TIMEOUT_SECONDS: '5',
  });
  onTestFinished(async () => {
    service.child.kill('SIGTERM');
    await service.end;
  });
  const url = await service.listening();
  const config = testConfig(databaseUrl);
  const arranged = { db, config, clock: new TestClock() } as unknown as TestApp;

  const chance = new Chance(seed);
  const statuses: Record<string, number> = {};
  const failures: string[] = [];
  for (let done = 0; done < requests; done += freshEvery) {
    const person = await quickKey(arranged, { roles: ['admin'] });
    const program = await quickProgram(arranged, permissionNames);
    const credentials = [person.headers, program.headers];
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
