import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../kit/eventually.ts';

const LAUNCHER = fileURLToPath(new URL('../../server/launch', import.meta.url));

/** Stands in for npm: writes down that it was called and installs "a pinned Node". */
const INSTALLING_NPM = `
  const { appendFileSync, mkdirSync, rmSync, symlinkSync, writeFileSync } = require('node:fs');
  rmSync('node_modules', { recursive: true, force: true });
  appendFileSync('npm-calls', process.argv.slice(2).join(' ') + '\\n');
  mkdirSync('node_modules/.bin', { recursive: true });
  symlinkSync(process.execPath, 'node_modules/.bin/node');
  writeFileSync('node_modules/.package-lock.json', '{}');`;

const FAILING_NPM = `console.error('npm says: no network'); process.exit(3);`;

const PRINTS_ITS_ARGUMENTS = `console.log('runs', ...process.argv.slice(2));`;

/** Ends with 7 when it is asked to stop, and says what asked. */
const SERVER = `
  const stop = (why: string) => { console.log('stops on', why); process.exit(7); };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, stop);
  process.once('disconnect', () => stop('disconnect'));
  setInterval(() => {}, 60_000);
  console.log('up', process.env.CHARTER_LAUNCHED);`;

const children: ChildProcess[] = [];
let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'charter-launch-'));
});

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(home, { recursive: true, force: true });
});

describe('the launcher', { concurrent: true }, () => {
  it('installs what is missing, then runs the command with its arguments', async () => {
    const project = await makeProject({ npm: INSTALLING_NPM });
    const end = await launch(project, ['charter', 'users', '--json']).end;
    expect(end).toMatchObject({ code: 0, stdout: 'runs users --json\n' });
    expect(end.stderr).toContain('Installing dependencies from the registry of npm, once');
    expect(await npmCalls(project)).toEqual(['ci --no-audit --no-fund --loglevel=http']);
  });

  it('says nothing and installs nothing when the dependencies are fresh', async () => {
    const project = await makeProject({ npm: INSTALLING_NPM });
    await launch(project, ['charter']).end;
    const second = await launch(project, ['charter']).end;
    expect(second).toMatchObject({ code: 0, stdout: 'runs\n', stderr: '' });
    expect(await npmCalls(project)).toHaveLength(1);
  });

  it('installs again when the lockfile is newer, once', async () => {
    const project = await makeProject({ npm: INSTALLING_NPM });
    await launch(project, ['charter']).end;
    const ahead = new Date(Date.now() + 3_600_000);
    await utimes(join(project, 'package-lock.json'), ahead, ahead);
    await launch(project, ['charter']).end;
    await launch(project, ['charter']).end;
    expect(await npmCalls(project)).toHaveLength(2);
  });

  it('installs once when two copies start at the same time', async () => {
    const project = await makeProject({ npm: INSTALLING_NPM });
    const runs = [launch(project, ['charter', 'a']), launch(project, ['charter', 'b'])];
    const ends = await Promise.all(runs.map((each) => each.end));
    expect(ends.map((end) => end.stdout)).toEqual(['runs a\n', 'runs b\n']);
    expect(await npmCalls(project)).toHaveLength(1);
  });

  it('waits for a copy that installs, and says so', async () => {
    const project = await makeProject({ npm: INSTALLING_NPM });
    await holdLock(project, process.pid);
    const waiting = launch(project, ['charter']);
    await eventually(() => expect(waiting.stderr()).toContain(`(process ${process.pid}): waiting`));
    expect(existsSync(join(project, 'npm-calls'))).toBe(false);
    await rm(join(project, '.charter/install.lock'), { recursive: true });
    expect(await waiting.end).toMatchObject({ code: 0, stdout: 'runs\n' });
  });

  it('takes over from a copy that was killed while it installed', async () => {
    const project = await makeProject({ npm: INSTALLING_NPM });
    const dead = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await once(dead, 'exit');
    await holdLock(project, Number(dead.pid));
    expect(await launch(project, ['charter']).end).toMatchObject({ code: 0, stdout: 'runs\n' });
  });

  it('says what to do when the installation fails, and leaves no lock', async () => {
    const project = await makeProject({ npm: FAILING_NPM });
    const { code, stdout, stderr } = await launch(project, ['charter']).end;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/no network.*failed with code 3.*run the same command again/s);
    expect(existsSync(join(project, '.charter/install.lock'))).toBe(false);
  });

  it('names what can be launched when it does not know the word', async () => {
    const project = await makeProject({ npm: INSTALLING_NPM });
    const { code, stderr } = await launch(project, ['constructor']).end;
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: 'Say what to launch: start, dev, test, charter.\n',
    });
  });

  it('ends with the exit code of the command', async () => {
    const project = await makeProject({ npm: INSTALLING_NPM });
    await writeFile(join(project, 'tests/run.ts'), 'process.exit(5);');
    expect((await launch(project, ['test']).end).code).toBe(5);
  });

  it('ends by the signal that ended the command', async () => {
    const project = await makeProject({ npm: INSTALLING_NPM });
    await writeFile(join(project, 'tests/run.ts'), `process.kill(process.pid, 'SIGKILL');`);
    expect((await launch(project, ['test']).end).signal).toBe('SIGKILL');
  });

  it.for(['SIGTERM', 'SIGINT', 'SIGHUP'] as const)(
    'passes %s on to the server and waits for its end',
    async (signal) => {
      const server = await startServer();
      server.process.kill(signal);
      const { code, stdout } = await server.end;
      expect(code).toBe(7);
      expect(stdout).toContain(`stops on ${signal}`);
    },
  );

  it('takes the server along when it is killed itself', async () => {
    const server = await startServer();
    server.process.kill('SIGKILL');
    // Its output closes when the server, which writes to it as well, has ended.
    expect((await server.end).stdout).toContain('stops on disconnect');
  });

  it('stops the server when npm was killed', async () => {
    const npm = await whenUp(launchFromNpm(await makeProject({ npm: INSTALLING_NPM })));
    npm.process.kill('SIGKILL');
    expect((await npm.end).stdout).toContain('stops on SIGTERM');
  });

  it('starts the server anew, in dev, when a file is added', async () => {
    const project = await makeProject({ npm: INSTALLING_NPM });
    const server = await whenUp(launch(project, ['dev']));
    await writeFile(join(project, 'migrations/0002.ts'), '');
    await eventually(() => expect(server.stdout()).toMatch(/stops on SIGTERM.*^up/ms));
    server.process.kill('SIGTERM');
    expect((await server.end).code).toBe(7);
  });
});

/** Starts the launcher from a process that can be killed, as npm can be. */
function launchFromNpm(project: string): Run {
  const script = join(project, 'server/launch/launch.mjs');
  const launcher = JSON.stringify([script, 'start']);
  const npm = `require('node:child_process').spawn(process.execPath, ${launcher}, { stdio: 'inherit' })`;
  return run(project, ['--eval', npm], { npm_lifecycle_event: 'start' });
}

async function makeProject({ npm }: { npm: string }): Promise<string> {
  const project = await mkdtemp(join(home, 'project-'));
  const files = {
    'package.json': '{ "type": "module" }',
    'package-lock.json': '{}',
    'npm/package.json': '{}',
    'npm/npm-cli.js': npm,
    'server/main.ts': SERVER,
    'server/cli/main.ts': PRINTS_ITS_ARGUMENTS,
    'tests/run.ts': '',
    'contract/index.ts': '',
    'migrations/0001.ts': '',
  };
  for (const [name, content] of Object.entries(files)) {
    const file = join(project, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  await cp(LAUNCHER, join(project, 'server/launch'), { recursive: true });
  return project;
}

interface Run {
  process: ChildProcess;
  stdout: () => string;
  stderr: () => string;
  end: Promise<{ code: number | null; signal: string | null; stdout: string; stderr: string }>;
}

function launch(project: string, args: string[]): Run {
  return run(project, [join(project, 'server/launch/launch.mjs'), ...args]);
}

function run(project: string, args: string[], env: Record<string, string> = {}): Run {
  const child = spawn(process.execPath, args, {
    cwd: tmpdir(),
    env: { PATH: process.env['PATH'], npm_execpath: join(project, 'npm/npm-cli.js'), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  children.push(child);
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk) => (said.stdout += String(chunk)));
  child.stderr.on('data', (chunk) => (said.stderr += String(chunk)));
  const end = once(child, 'close').then(([code, signal]) => ({ code, signal, ...said }));
  return { process: child, stdout: () => said.stdout, stderr: () => said.stderr, end };
}

async function startServer(): Promise<Run> {
  return whenUp(launch(await makeProject({ npm: INSTALLING_NPM }), ['start']));
}

async function whenUp(server: Run): Promise<Run> {
  await eventually(() => expect(server.stdout()).toMatch(/^up/));
  return server;
}

async function holdLock(project: string, pid: number): Promise<void> {
  await mkdir(join(project, '.charter/install.lock'), { recursive: true });
  await writeFile(join(project, '.charter/install.lock/pid'), String(pid));
}

async function npmCalls(project: string): Promise<string[]> {
  return (await readFile(join(project, 'npm-calls'), 'utf8')).trim().split('\n');
}
