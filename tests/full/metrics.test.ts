import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { createDatabase } from '../kit/database.ts';
import { eventually } from '../kit/eventually.ts';
import { endProcesses, startProcess, testEnvironment } from '../kit/process.ts';

afterAll(endProcesses);

async function takePort() {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const { port } = holder.address() as { port: number };
  return { port: String(port), free: () => new Promise((resolve) => holder.close(resolve)) };
}

describe('the port of the metrics', { concurrent: true, timeout: 60_000 }, () => {
  it('tells how many requests the service has answered, until it stops', async () => {
    const { url, drop } = await createDatabase();
    const { port, free } = await takePort();
    await free();
    const service = startProcess({ ...testEnvironment(url), METRICS_PORT: port });
    const metrics = `http://127.0.0.1:${port}/metrics`;
    await fetch(`${await service.listening()}/api/v1/health/liveness`);
    await eventually(async () => {
      expect(await (await fetch(metrics)).text()).toMatch(
        /^http_server_request_duration_seconds_count\{.*"\/api\/v1\/health\/liveness".*\} 1$/m,
      );
    });
    await eventually(() => expect(service.output()).toContain(metrics));
    service.child.kill('SIGTERM');
    expect(await service.end).toBe(0);
    await drop();
  });

  it('that is busy ends the start with what to do', async () => {
    const { port, free } = await takePort();
    const service = startProcess({ ...testEnvironment('postgres://unused'), METRICS_PORT: port });
    expect(await service.end).toBe(1);
    await free();
    expect(service.output()).toContain(`cannot listen on port ${port}.`);
    expect(service.output()).toContain(`METRICS_PORT=${Number(port) + 1}`);
  });
});
