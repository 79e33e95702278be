import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { createDatabase } from '../kit/database.ts';
import { eventually } from '../kit/eventually.ts';
import { freePort } from '../kit/port.ts';
import { endProcesses, startProcess, testEnvironment } from '../kit/process.ts';

afterAll(endProcesses);

describe('the port of the metrics', { concurrent: true }, () => {
  it('tells how many requests the service has answered, until it stops', async () => {
    const { url, drop } = await createDatabase();
    const port = await freePort();
    const service = startProcess({ ...testEnvironment(url), METRICS_PORT: String(port) });
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
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { port } = holder.address() as { port: number };
    const environment = { ...testEnvironment('postgres://unused'), METRICS_PORT: String(port) };
    const service = startProcess(environment);
    expect(await service.end).toBe(1);
    holder.close();
    expect(service.output()).toContain(`cannot listen on port ${port}.`);
    expect(service.output()).toContain(`METRICS_PORT=${port + 1}`);
  });
});
