import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createPlainServer, type RequestListener, request } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startApp, useApp } from '../kit/app.ts';
import { createPerson, type Person } from '../kit/callers.ts';
import { charter } from '../kit/command.ts';
import { selfSigned } from '../kit/self-signed.ts';

const app = useApp();
afterEach(() => vi.unstubAllEnvs());

function inEnvironment({ username, password }: Person): void {
  vi.stubEnv('SMOKE_IDENTIFIER', username);
  vi.stubEnv('SMOKE_PASSWORD', password);
}

interface Check {
  readonly name: string;
  readonly result: string;
  readonly detail: string;
  readonly ms: number;
}

async function checksAt(url: string, ...flags: string[]) {
  const { code, out, err } = await charter(['smoke', url, '--json', ...flags]);
  const { ok, message, checks } = JSON.parse(out) as {
    ok: boolean;
    message?: string;
    checks: Check[];
  };
  const results = Object.fromEntries(checks.map(({ name, result }) => [name, result]));
  const details = Object.fromEntries(checks.map(({ name, detail }) => [name, detail]));
  return { code, err, ok, message, checks, results, details };
}

const asStranger = ['liveness', 'readiness', 'health', 'document', 'signing keys', 'refusal (401)'];
const signedIn = ['sign-in', 'me', 'list', 'refusal (403)', 'sign-out'];
const all = (names: string[], result: string) =>
  Object.fromEntries(names.map((name) => [name, result]));

describe('smoke', () => {
  it('looks as a stranger where nobody is named', async () => {
    const { code, ok, results, checks } = await checksAt(app.url);
    expect([code, ok]).toEqual([0, true]);
    expect(results).toEqual({ ...all(asStranger, 'ok'), ...all(signedIn, 'skipped') });
    expect(checks.every(({ ms }) => ms >= 0)).toBe(true);
  });

  it('signs in, looks around and leaves nothing open', async () => {
    const person = await createPerson(app);
    inEnvironment(person);
    const { code, results, details } = await checksAt(app.url);
    expect([code, results]).toEqual([0, all([...asStranger, ...signedIn], 'ok')]);
    expect(details).toMatchObject({
      document: 'equals that of this release',
      me: person.username,
      'refusal (403)': 'permission_denied without audit:read',
    });
    const sessions = await app.db('sessions').where({ userId: person.id });
    expect(sessions).toMatchObject([{ revokedReason: 'logout' }]);
  });

  it('takes credentials from a file, and writes a line for each check', async () => {
    const { email, password } = await createPerson(app);
    const folder = mkdtempSync(join(tmpdir(), 'charter-smoke-'));
    const file = join(folder, 'credentials');
    writeFileSync(file, `${email}\n${password}\n`);
    const { code, out } = await charter(['smoke', `${app.url}/`, '--credentials', file]);
    writeFileSync(file, email);
    const half = await charter(['smoke', app.url, '--credentials', file]);
    rmSync(folder, { recursive: true });
    expect([code, out.split('\n').length]).toEqual([0, 11]);
    expect(out).toMatch(/^✓ liveness {7}ok +\d+ ms {2}alive$/m);
    expect(half).toMatchObject({ code: 1, err: expect.stringMatching(/second one the password/) });
    const gone = await charter(['smoke', app.url, '--credentials', file]);
    expect(gone).toMatchObject({ code: 1, err: `${file} cannot be read (ENOENT).` });
  });

  it('fails where the password is wrong, and never says it', async () => {
    inEnvironment({ ...(await createPerson(app)), password: 'hunter2hunter2' });
    const { code, message, results, details } = await checksAt(app.url);
    expect([code, message]).toEqual([1, `One check has failed at ${app.url}.`]);
    expect(results).toMatchObject({ ...all(signedIn, 'skipped'), 'sign-in': 'failed' });
    expect(details).toMatchObject({ 'sign-in': '401 invalid_credentials.' });
    expect(JSON.stringify(details)).not.toContain('hunter2');
  });

  it('wants an account that may not read everything', async () => {
    inEnvironment(await createPerson(app, { roles: ['admin'] }));
    const { details } = await checksAt(app.url);
    expect(details['refusal (403)']).toMatch(/use one that may less/);
  });

  it('wants both or none of its variables', async () => {
    vi.stubEnv('SMOKE_IDENTIFIER', 'ada');
    expect(await charter(['smoke', app.url])).toMatchObject({
      code: 1,
      err: expect.stringContaining('go together'),
    });
  });
});

it('knows its document under the header of request ids that the operator has named', async () => {
  const named = await startApp({ REQUEST_ID_HEADER: 'X-Correlation-Id' });
  const { details } = await checksAt(named.url);
  await named.close();
  expect(details.document).toBe('equals that of this release');
});

/** Something else, over TLS. */
async function somethingElse(work: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(selfSigned('localhost'), (_, res) => res.end('<h1>It works!</h1>'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await work(`https://localhost:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** What the test makes of requests, at an address of its own. */
async function serving(
  listener: RequestListener,
  work: (url: string) => Promise<void>,
): Promise<void> {
  const server = createPlainServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

it('works over TLS, where the authority is known', async () => {
  inEnvironment(await createPerson(app));
  const own = selfSigned('localhost');
  const before = getCACertificates('default');
  const proxy = createServer(own, (req, res) => {
    const { method, headers } = req;
    const onward = request(`${app.url}${req.url}`, { method, headers }, (answer) => {
      res.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(res);
    });
    req.pipe(onward);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  setDefaultCACertificates([...before, own.cert]);
  try {
    const { port } = proxy.address() as AddressInfo;
    const { code, results } = await checksAt(`https://localhost:${port}`);
    expect([code, results]).toEqual([0, all([...asStranger, ...signedIn], 'ok')]);
  } finally {
    setDefaultCACertificates(before);
    proxy.close();
    proxy.closeAllConnections();
  }
});

describe('time', () => {
  it('is up for a service that never answers, and nothing else is tried', () =>
    serving(
      () => {},
      async (url) => {
        const { code, results, details } = await checksAt(url, '--timeout-seconds', '1');
        expect([code, details.liveness]).toEqual([1, 'No answer within 1 s.']);
        expect(results).toEqual({
          ...all([...asStranger, ...signedIn], 'skipped'),
          liveness: 'failed',
        });
      },
    ));

  it('is given to a service that is not ready yet', async () => {
    let asked = 0;
    const notYet: RequestListener = (_, res) => {
      asked += 1;
      res.writeHead(asked < 3 ? 503 : 200, { 'content-type': 'application/json' });
      res.end('{"status":"ready"}');
    };
    await serving(notYet, async (url) => {
      const { results } = await checksAt(url, '--wait-seconds', '600');
      expect(asked).toBe(3 + asStranger.length);
      expect(results).toMatchObject({ readiness: 'ok' });
    });
  });

  it.each(['0', 'soon', '-1'])('is no time limit: %s', async (seconds) => {
    const { code } = await charter(['smoke', app.url, `--timeout-seconds=${seconds}`]);
    expect(code).toBe(1);
  });
});

describe('where no service is', () => {
  it('says why, and tries nothing else', async () => {
    inEnvironment(await createPerson(app));
    const { code, results, details } = await checksAt('http://127.0.0.1:1');
    expect(code).toBe(1);
    expect(details.liveness).toMatch(/^It cannot be reached: (bad port|connect ECONNREFUSED)/);
    expect(results).toEqual({
      ...all([...asStranger, ...signedIn], 'skipped'),
      liveness: 'failed',
    });
  });

  it('does not trust a certificate that nobody vouches for', () =>
    somethingElse(async (url) => {
      const { details } = await checksAt(url);
      expect(details.liveness).toMatch(/self-signed certificate.*NODE_EXTRA_CA_CERTS/);
    }));

  it('knows something else when it answers', () =>
    serving(
      (_, res) => res.end('{"status":"fine"}'),
      async (url) => {
        const { results, details } = await checksAt(url);
        expect(results).toMatchObject(all(asStranger, 'failed'));
        expect(details.document).toBe('What is there is no OpenAPI 3.1 document.');
      },
    ));

  it.each([
    ['api.example.com', /no address/],
    ['localhost:3000', /no address/],
    ['ftp://api.example.com', /no address/],
    ['https://ada:hunter2@api.example.com', /holds credentials/],
    ['https://api.example.com/api/v1', /without a path/],
  ])('refuses %s as an address', async (url, says) => {
    const { code, err } = await charter(['smoke', url]);
    expect([code, err]).toEqual([1, expect.stringMatching(says)]);
    expect(err).not.toContain('hunter2');
  });
});
