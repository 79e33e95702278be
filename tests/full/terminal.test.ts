import { spawn, spawnSync } from 'node:child_process';
import { expect, it, onTestFinished } from 'vitest';
import { testSecrets } from '../kit/cluster.ts';
import { eventually } from '../kit/eventually.ts';

/** util-linux has it: what runs in it sees a terminal. */
const hasScript = spawnSync('script', ['--version']).stdout?.toString().includes('util-linux');
const command = [process.execPath, 'server/cli/main.ts', 'admin', 'create', '--username', 'ada'];

/** Somebody begins to answer, and thinks better of it. */
async function begin(more: Record<string, string>) {
  const line = `stty cols 100 rows 30; ${command.join(' ')}`;
  const env = {
    PATH: process.env.PATH,
    TERM: 'xterm-256color',
    DATABASE_URL: 'postgres://charter:charter@127.0.0.1:1/charter',
    SECRET_KEYS: testSecrets.join(','),
    ...more,
  };
  const child = spawn('script', ['-qec', line, '/dev/null'], { env });
  onTestFinished(() => void child.kill('SIGKILL'));
  let screen = '';
  child.stdout.on('data', (chunk) => {
    screen += chunk;
  });
  const code = new Promise((resolve) => child.once('close', resolve));
  await eventually(() => expect(screen).toContain('E-mail address'));
  child.stdin.write('ada@example.com\r');
  await eventually(() => expect(screen).toContain('Password'));
  child.stdin.write('hunter2');
  child.stdin.write('\x03');
  return { code: await code, screen };
}

// Colours alone: the cursor moves in any case.
const colour = new RegExp(`${String.fromCharCode(27)}\\[[\\d;]*m`);

it.skipIf(!hasScript)(
  'asks on a terminal for what is missing, and never shows a secret',
  async () => {
    const { code, screen } = await begin({});
    expect([code, screen]).toEqual([1, expect.stringContaining('Nothing was done.')]);
    expect(screen).toMatch(colour);
    expect(screen).not.toContain('hunter2');
  },
);

it.skipIf(!hasScript)('colours nothing with NO_COLOR', async () => {
  const { code, screen } = await begin({ NO_COLOR: '1' });
  expect(code).toBe(1);
  expect(screen).not.toMatch(colour);
});
