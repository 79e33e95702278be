import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { createDatabase } from '../kit/database.ts';
import { eventually } from '../kit/eventually.ts';
import { endProcesses, startProcess, testEnvironment } from '../kit/process.ts';

const drops: (() => Promise<void>)[] = [];
afterAll(() => Promise.all(drops.map((drop) => drop())));
afterAll(endProcesses);

async function aService(settings: Record<string, string>) {
  const { url, drop } = await createDatabase();
  drops.push(drop);
  const limits = { RATE_LIMIT_PER_MINUTE: '1000000' };
  const service = startProcess({ ...testEnvironment(url), ...limits, ...settings });
  return { ...service, address: `${await service.listening()}/api/v1/health/liveness` };
}

const linesOf = (output: string) => output.match(/"msg":"request"/g)?.length ?? 0;

describe('the lines of requests', { concurrent: true }, () => {
  it('wait no longer than LOG_BATCH_MS', async () => {
    const service = await aService({ LOG_BATCH_MS: '50' });
    await fetch(service.address);
    await eventually(() => expect(linesOf(service.output())).toBe(1));
  });

  it('that still wait are written when the service is told to stop', async () => {
    const service = await aService({ LOG_BATCH_MS: '10000' });
    for (let count = 0; count < 5; count += 1) await fetch(service.address);
    service.child.kill('SIGTERM');
    expect(await service.end).toBe(0);
    expect(linesOf(service.output())).toBe(5);
  });

  it('all arrive at a reader that was busy meanwhile', async () => {
    const service = await aService({});
    // As many connections as a busy machine serves before the service loses its patience with one.
    const [lanes, perLane] = [50, 60];
    const requests = lanes * perLane;
    service.child.stdout?.pause();
    let answered = 0;
    const all = Array.from({ length: lanes }, async () => {
      for (let turn = 0; turn < perLane; turn += 1) {
        await (await fetch(service.address)).text();
        answered += 1;
      }
    });
    await eventually(() => expect(answered).toBeGreaterThan(requests / 10));
    service.child.stdout?.resume();
    await Promise.all(all);
    // Read before the end, which waits for no reader for long.
    await eventually(() => expect(linesOf(service.output())).toBe(requests));
    service.child.kill('SIGTERM');
    expect(await service.end).toBe(0);
    const lines = service.output().split('\n');
    const told = lines.filter((line) => line.includes('"msg":"request"'));
    for (const line of told) expect(JSON.parse(line)).toHaveProperty('requestId');
  });
});

describe('a line that is no request', { concurrent: true }, () => {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  const logging = (work: string) => {
    const program = `
      import { createLog } from './server/platform/observability/log.ts';
      const log = createLog({ level: 'info', batchMs: 10_000 });
      ${work}`;
    const flags = ['--input-type=module', '--eval', program];
    return spawn(process.execPath, flags, { cwd: root, stdio: ['pipe', 'pipe', 'inherit'] });
  };

  it('is out at once, after those that waited, even if the process is killed then', async () => {
    const child = logging(`
      log.access.info('first');
      log.error('second');
      process.kill(process.pid, 'SIGKILL');`);
    const said = (await text(child.stdout)).trim().split('\n');
    expect(said.map((line) => JSON.parse(line).msg)).toEqual(['first', 'second']);
  });

  it('ends nothing and holds nothing up when its reader is gone', async () => {
    const child = logging(`
      process.stdin.once('end', () => {
        log.access.info('to nobody');
        log.error('to nobody');
        log.access.info('to nobody');
      });
      process.stdin.resume();`);
    child.stdout.destroy();
    await once(child.stdout, 'close');
    child.stdin.end();
    const [code] = await once(child, 'exit');
    expect(code).toBe(0);
  });
});
