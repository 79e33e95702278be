import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { Callers } from '../../../server/cli/load/callers.ts';
import { Sender, timedOut } from '../../../server/cli/load/sender.ts';
import { useApp } from '../../kit/app.ts';
import { createPerson, goodPassword } from '../../kit/callers.ts';
import { charter } from '../../kit/command.ts';
import { eventually } from '../../kit/eventually.ts';
import { aRun } from './stored-run.ts';

const app = useApp();
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'charter-load-'));
  const people = await Promise.all([createPerson(app), createPerson(app)]);
  const text = people.map(({ username }) => `${username} ${goodPassword}\n`).join('');
  await writeFile(join(folder, 'accounts'), text);
});
afterAll(() => rm(folder, { recursive: true }));

const quick = ['--rate', '150', '--seconds', '0.2', '--timeout-seconds', '60'];
const short = ['--rate', '50', '--seconds', '0.1', '--timeout-seconds', '60'];
const withAccounts = () => ['--accounts', join(folder, 'accounts')];

describe('charter load', () => {
  it('signs in, sends what is due, stores the run and draws it', async () => {
    const [out, page] = [join(folder, 'run.json'), join(folder, 'run.html')];
    const files = ['--out', out, '--page', page];
    const scenario = ['--scenario', 'mixed'];
    const args = ['load', app.url, ...scenario, ...quick, ...withAccounts(), ...files];
    const { code, out: said, progress } = await charter(args);
    expect(progress.slice(0, 3)).toEqual(['signing in 1 2', 'signing in 2 2', 'end']);
    expect(said).toMatch(/^mixed at http.*150 requests\/s for 0\.2 s, 2 callers\n/);
    expect(code).toBe(0);
    const run = JSON.parse(await readFile(out, 'utf8'));
    expect(run).toMatchObject({ format: 'load-run-1', scenario: 'mixed', callers: 2, failed: 0 });
    expect(run.good).toBe(run.due);
    expect(run.due).toBeGreaterThan(10);
    expect(run.operations.map(({ operation }: { operation: string }) => operation)).toContain(
      'me.get',
    );
    expect(await readFile(page, 'utf8')).toContain('<!doctype html>');

    const again = await charter([...args, '--compare', out]);
    expect(again.out).toMatch(/Compared with the run of [\s\S]* p50 .* → .* × \d/);
  });

  it('takes accounts from the environment, and answers as JSON', async () => {
    vi.stubEnv('LOAD_ACCOUNTS', await readFile(join(folder, 'accounts'), 'utf8'));
    const storm = ['--scenario', 'login-storm', '--even', ...short];
    const { code, out } = await charter(['load', '--url', app.url, ...storm, '--json']);
    const { ok, run } = JSON.parse(out);
    expect([code, ok, run.due, run.good]).toEqual([0, true, 5, 5]);
    expect(run.answers).toEqual({ 200: 5 });
  });

  it('ends with 1 where more answers than allowed were not good, and still tells what there were', async () => {
    const url = await listening(({ url: path }, answer) => {
      if (path?.endsWith('/login')) return void answer.end(tokens);
      answer.writeHead(path?.endsWith('/readiness') ? 200 : 503).end();
    });
    const args = ['load', url, '--even', ...short, ...withAccounts()];
    const failed = await charter([...args, '--json']);
    expect(failed.code).toBe(1);
    expect(JSON.parse(failed.out)).toMatchObject({ ok: false, run: { answers: { 503: 5 } } });
    const allowed = await charter([...args, '--max-failures', '100%']);
    expect(allowed).toMatchObject({ code: 0, err: '' });
    expect(allowed.out).toContain('0 limited (429), 5 failed (5 × 503)');
  });
});

describe('charter load refuses', () => {
  const refusal = async (...args: string[]) => {
    const { code, err } = await charter(['load', ...args]);
    expect(code).toBe(1);
    return err;
  };

  it('to go where nobody said', async () => {
    expect(await refusal()).toContain('Say where the load goes');
  });

  it.each([
    ['ftp://127.0.0.1', 'no address'],
    ['nonsense', 'no address'],
    ['http://ada:secret@127.0.0.1', 'holds credentials'],
    ['http://127.0.0.1/api', 'without a path'],
  ])('%s', async (url, why) => {
    const said = await refusal(url);
    expect(said).toContain(why);
    expect(said).not.toContain('secret');
  });

  it.each([
    ['--rate', '0'],
    ['--rate', 'many'],
    ['--seconds', '-1'],
    ['--seconds', '100000'],
    ['--connections', '1.5'],
    ['--callers', '0'],
    ['--timeout-seconds', '0'],
    ['--max-failures', '101'],
  ])('%s %s', async (flag, value) => {
    expect(await refusal(app.url, `${flag}=${value}`)).toContain(`${flag} takes a`);
  });

  it('a scenario that there is none of, as wrong usage', async () => {
    const { code, err } = await charter(['load', app.url, '--scenario', 'chaos']);
    expect(code).toBe(2);
    expect(err).toContain('browse, login-storm, write, mixed');
  });

  it('a password as a flag', async () => {
    expect((await charter(['load', app.url, '--password', 'x'])).code).toBe(2);
  });

  it('to begin without accounts, or with what holds none', async () => {
    expect(await refusal(app.url)).toContain('LOAD_ACCOUNTS');
    const file = join(folder, 'wrong');
    await writeFile(file, 'ada a good password\nonly-a-secret\n');
    const said = await refusal(app.url, '--accounts', file);
    expect(said).toContain('Line 2');
    expect(said).not.toContain('only-a-secret');
    expect(await refusal(app.url, '--accounts', join(folder, 'none'))).toContain('ENOENT');
  });

  it('to compare with what is no run', async () => {
    const file = join(folder, 'other.json');
    await writeFile(file, JSON.stringify({ ...aRun(), due: 'many' }));
    const said = await refusal(app.url, ...withAccounts(), '--compare', file);
    expect(said).toContain('is no run');
  });

  it('another machine, unless its owner wants it', async () => {
    const far = ['http://service.invalid', ...withAccounts()];
    expect(await refusal(...far)).toContain('add --yes');
    const asked = await charter(['load', ...far], { answers: ['no'] });
    expect(asked).toMatchObject({ code: 1, err: 'Nothing was sent.' });
    expect(asked.questions[0]).toContain('service.invalid is not this machine');
    expect(await refusal(...far, '--yes')).toContain('cannot be reached');
  });

  it('an address at which something else answers', async () => {
    const other = await listening((_request, answer) => void answer.writeHead(404).end());
    expect(await refusal(other, ...withAccounts())).toContain('is not this service');
  });

  it('accounts that cannot sign in', async () => {
    vi.stubEnv('LOAD_ACCOUNTS', 'nobody-{08..10} wrong');
    const said = await refusal(app.url, ...quick);
    expect(said).toContain('cannot sign in: nobody-08 (401), nobody-09 (401), nobody-10 (401).');
  });
});

type Handler = Parameters<typeof createServer>[1];

async function listening(handler: Handler): Promise<string> {
  const server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const tokens = JSON.stringify({ delivery: 'tokens', accessToken: 'a', expiresInSeconds: 300 });

const request = {
  ...{ operation: 'x', method: 'GET', path: '/', headers: {}, expected: 200 },
};

describe('a sender', () => {
  it('gives everybody the same time from when they were due, those included who wait for a connection', async () => {
    let received = 0;
    const url = await listening(() => {
      received += 1;
    });
    const sender = new Sender(url, { connections: 1, timeoutMs: 60 });
    onTestFinished(() => sender.close());
    const all = await Promise.all([1, 2, 3].map(() => sender.send(request)));
    expect(all.map(({ seen }) => seen)).toEqual([timedOut, timedOut, timedOut]);
    expect(received).toBeLessThanOrEqual(1);
  });

  it('goes on after a connection broke, and says what happened', async () => {
    let calls = 0;
    const url = await listening((incoming, answer) => {
      calls += 1;
      if (calls === 1) incoming.socket.destroy();
      else answer.end('{}');
    });
    const sender = new Sender(url, { connections: 1, timeoutMs: 60_000 });
    onTestFinished(() => sender.close());
    const [first, second] = await Promise.all([sender.send(request), sender.send(request)]);
    expect([first.seen, second.seen]).toEqual(['connection lost', 200]);
  });

  it('says that nobody listens', async () => {
    const sender = new Sender('http://127.0.0.1:1', { connections: 1, timeoutMs: 60_000 });
    onTestFinished(() => sender.close());
    expect((await sender.send(request)).seen).toBe('nobody listens');
  });
});

it('who finds the sign-ins limited goes on with those who are in, and says which setting it is', async () => {
  let calls = 0;
  const url = await listening((_request, answer) => {
    calls += 1;
    if (calls > 2) return void answer.writeHead(429).end();
    answer.end(tokens);
  });
  const callers = new Callers(url);
  onTestFinished(() => callers.close());
  const accounts = ['ada', 'grace', 'alan'].map((identifier) => ({ identifier, password: 'x' }));
  await callers.signIn(accounts, () => {});
  expect(callers.list).toHaveLength(2);
  expect(callers.shortages[0]).toMatch(/^2 of 3 .*RATE_LIMIT_CREDENTIALS_PER_MINUTE/);
});

it('a renewal that brings nonsense loses no run, and one that is under way ends with it', async () => {
  const fetching = vi.spyOn(globalThis, 'fetch');
  onTestFinished(() => fetching.mockRestore());
  let renewals = 0;
  const url = await listening(({ url: path }, answer) => {
    if (path?.endsWith('/login')) return void answer.end(tokens.replace('300', '0'));
    renewals += 1;
    // Nobody would catch what this throws: it would end this test run, too.
    if (renewals === 1) answer.end('no JSON');
  });
  const callers = new Callers(url);
  const accounts = ['ada', 'grace'].map((identifier) => ({ identifier, password: 'x' }));
  await callers.signIn(accounts, () => {});
  await eventually(() => expect(renewals).toBe(2));
  callers.close();
  const ends = await Promise.allSettled(fetching.mock.results.map(({ value }) => value));
  const broken = ends.filter((end) => end.status === 'rejected');
  expect(broken.map(({ reason }) => reason.name)).toContain('AbortError');
});
