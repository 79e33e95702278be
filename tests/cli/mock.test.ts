import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import { runCommand } from '../../server/cli/program.ts';
import { charter } from '../kit/command.ts';
import { eventually } from '../kit/eventually.ts';
import { silentTerminal } from '../kit/silent-terminal.ts';

describe('mock', () => {
  it('serves until it is told to end, and says what was asked', async () => {
    // No environment decides anything, nor does it need a database.
    vi.stubEnv('DATABASE_URL', 'nonsense');
    vi.stubEnv('NODE_ENV', 'production');
    const lines: string[] = [];
    const out = (line: string) => void lines.push(line);
    const args = ['mock', '--port', '0', '--stateful', '--seed', '3', '--json'];
    const ended = runCommand(args, { ...silentTerminal, out });
    await eventually(() => expect(lines).toHaveLength(1));
    const { url, credentials } = JSON.parse(lines[0] ?? '') as {
      url: string;
      credentials: Record<string, string>;
    };
    expect(credentials).toHaveProperty('mock-admin');
    const response = await fetch(`${url}/api/v1/users`, {
      headers: { Authorization: 'Bearer mock-admin' },
    });
    expect(response.status).toBe(200);
    await response.text();
    // Also where any port was taken, links lead to this mock.
    const refusal = (await (await fetch(`${url}/api/v1/me`)).json()) as { type: string };
    expect(refusal.type).toBe(`${url}/docs/problems/unauthenticated`);
    await eventually(() => {
      expect(lines.map((line) => JSON.parse(line))).toContainEqual({
        status: 200,
        method: 'GET',
        url: '/api/v1/users',
      });
    });
    process.emit('SIGTERM');
    expect(await ended).toBe(0);
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('says what to do where its port is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const { code, err } = await charter(['mock', '--port', String(port)]);
    other.close();
    expect(code).toBe(1);
    expect(err).toMatch(/cannot listen on port \d+.*Choose another one with --port\.$/);
  });

  it.each([
    [['--fail', '5'], '--fail takes a share, as 5%.'],
    [['--fail', '101%'], '--fail takes a share, as 5%.'],
    [['--latency', 'long'], '--latency takes a whole number.'],
    [['--seed', '-1'], '--seed takes a whole number.'],
    [['--port', '80a'], '--port takes a whole number.'],
    [['--origin', 'no origin'], 'CORS_ORIGINS'],
  ])('refuses %j', async (args, says) => {
    const { code, err } = await charter(['mock', ...args]);
    expect(code).toBe(1);
    expect(err).toContain(says);
  });
});
