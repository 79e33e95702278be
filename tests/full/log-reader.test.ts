import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { createDatabase } from '../kit/database.ts';
import { eventually } from '../kit/eventually.ts';
import { beginLogin } from '../kit/half-sent.ts';
import { createPipe } from '../kit/pipe.ts';
import { endProcesses, type Running, startProcess, testEnvironment } from '../kit/process.ts';

const drops: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(drops.map((drop) => drop())));
afterAll(endProcesses);

interface Service extends Running {
  readonly url: string;
  readonly reader: Readable;
  /** The exit code, whether or not somebody has read everything. */
  readonly exit: Promise<number | null>;
}

const settings = {
  RATE_LIMIT_PER_MINUTE: '1000000',
  LOG_BUFFER_BYTES: '65536',
};
const requests = 2_000;

/** The service, and a reader that has stopped to read since it said that it listens. */
async function nobodyReads(stdout: 'a pipe' | 'a socket'): Promise<Service> {
  const { url: database, drop } = await createDatabase();
  drops.push(drop);
  const pipe = stdout === 'a pipe' ? createPipe() : undefined;
  const running = startProcess({ ...testEnvironment(database), ...settings }, pipe);
  pipe?.handOver();
  const exit = once(running.child, 'exit').then(([code]) => code as number | null);
  const url = await running.listening();
  const reader = pipe?.reader ?? running.child.stdout;
  if (!reader) throw new Error('The process has no standard output');
  reader.pause();
  return { ...running, url, reader, exit };
}

/** More than any pipe holds. */
async function ask({ url }: Service): Promise<number[]> {
  const statuses: number[] = [];
  const one = async () => {
    while (statuses.length < requests) {
      const at = statuses.push(0) - 1;
      const answer = await fetch(`${url}/api/v1/health/liveness`);
      await answer.text();
      statuses[at] = answer.status;
    }
  };
  await Promise.all(Array.from({ length: 20 }, one));
  return statuses;
}

describe.for(['a pipe', 'a socket'] as const)('while nobody reads the log, %s', (stdout) => {
  it('the service answers; whoever reads on is told how many lines are missing', async () => {
    const service = await nobodyReads(stdout);
    expect(new Set(await ask(service))).toEqual(new Set([200]));
    service.reader.resume();
    const missing = /"dropped":(\d+),"msg":"\1 lines were dropped/;
    await eventually(() => expect(service.output()).toMatch(missing));
    const dropped = Number(missing.exec(service.output())?.[1]);
    expect(dropped).toBeGreaterThan(100);
    const told = () => service.output().match(/"msg":"request"/g)?.length;
    await eventually(() => expect(told()).toBe(requests - dropped));
    service.child.kill('SIGTERM');
    expect(await service.exit).toBe(0);
  });

  it('the service stops when it is told to', async () => {
    const service = await nobodyReads(stdout);
    await ask(service);
    service.child.kill('SIGTERM');
    expect(await service.exit).toBe(0);
  });

  it('a second signal forces it to end', async () => {
    const service = await nobodyReads(stdout);
    await ask(service);
    await beginLogin(service.url).isOpen;
    const again = setInterval(() => service.child.kill('SIGTERM'), 200);
    expect(await service.exit).toBe(1);
    clearInterval(again);
  });
});
