import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { noLimits } from '../kit/app.ts';
import { createDatabase } from '../kit/database.ts';
import { eventually } from '../kit/eventually.ts';
import { observabilityFolder, readAlerts, readRepository } from '../kit/observability-files.ts';
import { freePort } from '../kit/port.ts';
import { endProcesses, startProcess, testEnvironment } from '../kit/process.ts';
import { prometheusVersion, promtool, startPrometheus } from '../kit/prometheus.ts';

let url: string;
let target: string;

beforeAll(async () => {
  const database = await createDatabase();
  const port = await freePort();
  target = `127.0.0.1:${port}`;
  const service = startProcess({
    ...testEnvironment(database.url),
    ...noLimits,
    METRICS_PORT: String(port),
  });
  url = await service.listening();
  await eventually(scrape);
  return async () => {
    endProcesses();
    await service.end;
    await database.drop();
  };
});
afterAll(endProcesses);

async function scrape(): Promise<string> {
  const answer = await fetch(`http://${target}/metrics`);
  expect(answer.status).toBe(200);
  return answer.text();
}

const agent = new Agent({ keepAlive: true, maxSockets: 20 });
afterAll(() => agent.destroy());

/** A request with any method and host that Node lets through. */
function send(method: string, path: string, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { Host: host, 'User-Agent': `odd ${path}`, 'X-Request-Id': path.slice(1, 20) };
    request(new URL(path, url), { agent, method, headers }, (response) => {
      response.resume().on('end', resolve).on('error', reject);
    })
      .on('error', reject)
      .end();
  });
}

const methods = ['GET', 'POST', 'PUT', 'DELETE', 'PROPFIND', 'MKCOL', 'REPORT', 'PURGE', 'LOCK'];
const paths = ['', '/api/v1/users/', '/api/v1/roles/', '/api/v1/health/', '/docs/problems/'];

/** All pairs of method and path, each with another ending and host. */
async function sendOdd(count: number, word: string): Promise<void> {
  const lanes = Array.from({ length: 20 }, async (_, lane) => {
    for (let at = lane; at < count; at += 20) {
      const path = `${paths[Math.floor(at / methods.length) % paths.length]}/${word}-${at}`;
      await send(
        methods[at % methods.length] ?? 'GET',
        path.replace('//', '/'),
        `${word}-${at}.example`,
      );
    }
  });
  await Promise.all(lanes);
}

const answered = (text: string) =>
  [...text.matchAll(/^http_server_request_duration_seconds_count\{.*\} (\d+)$/gm)]
    .map(([, count]) => Number(count))
    .reduce((sum, count) => sum + count, 0);

/** Node collects garbage of another kind when it likes. */
const seriesOf = (text: string) =>
  text
    .split('\n')
    .filter((line) => line !== '' && !/^(#|v8js_gc_)/.test(line))
    .map((line) => line.slice(0, line.lastIndexOf(' ')));

it('ten thousand odd addresses, methods and hosts leave the series as they were', async () => {
  const rounds = methods.length * paths.length;
  await sendOdd(rounds, 'first');
  await eventually(async () => expect(answered(await scrape())).toBeGreaterThanOrEqual(rounds));
  const before = seriesOf(await scrape());
  await sendOdd(10_000, 'odd');
  const after = await eventually(async () => {
    const text = await scrape();
    expect(answered(text)).toBeGreaterThanOrEqual(rounds + 10_000);
    return text;
  });
  expect(seriesOf(after).toSorted()).toEqual(before.toSorted());
  expect(after).not.toMatch(/odd-|first-/);
});

// Debian and others have both in one package: `apt-get install prometheus`.
describe.runIf(prometheusVersion)('Prometheus, which is installed here,', () => {
  it('finds nothing to complain about in what the service tells', async () => {
    await fetch(`${url}/api/v1/users`);
    await eventually(async () => expect(answered(await scrape())).toBeGreaterThan(0));
    expect(promtool(['check', 'metrics'], await scrape())).toEqual({ status: 0, said: '' });
  });

  it('takes our rules and our configuration, and the rules pass their tests', () => {
    const config = join(observabilityFolder, 'prometheus.yaml');
    const rules = join(observabilityFolder, 'alerts.yaml');
    const tests = join(observabilityFolder, 'alerts.test.yaml');
    expect(promtool(['check', 'config', config])).toMatchObject({ status: 0 });
    expect(promtool(['check', 'rules', rules])).toMatchObject({ status: 0 });
    expect(promtool(['test', 'rules', tests])).toMatchObject({ status: 0 });
  });

  it.each([
    ['never fires', 'vector(1) > 1'],
    ['always fires', 'vector(1)'],
  ])('would notice each rule that %s', async (_, broken) => {
    const folder = await mkdtemp(join(tmpdir(), 'charter-alerts-'));
    onTestFinished(() => rm(folder, { recursive: true }));
    const tests = join(folder, 'alerts.test.yaml');
    await copyFile(join(observabilityFolder, 'alerts.test.yaml'), tests);
    const rules = readRepository('deploy/observability/alerts.yaml');
    const alerts = readAlerts(rules);
    const brokenRules = alerts.reduce(
      (text, { expression }) => text.replace(expression, `          ${broken}`),
      rules.replace(/expr: (?!\|)/g, 'expr: |\n'),
    );
    expect(brokenRules.split(`          ${broken}\n`)).toHaveLength(alerts.length + 1);
    await writeFile(join(folder, 'alerts.yaml'), brokenRules);
    const { status, said } = promtool(['test', 'rules', tests]);
    expect(status).toBe(1);
    for (const { name } of alerts) expect(said).toContain(`alertname: ${name}`);
  });

  it('scrapes a running service, answers what it is asked, and evaluates every rule', async () => {
    const prometheus = await startPrometheus(target);
    onTestFinished(prometheus.stop);
    await eventually(async () => {
      const [found] = await prometheus.query('charter_revocations_age_seconds{job="charter"}');
      expect(found?.metric.instance).toBe(target);
    });
    expect((await prometheus.query('up{job="charter"}'))[0]?.value[1]).toBe('1');
    await eventually(async () => {
      const rules = await prometheus.rules();
      const names = readAlerts().map(({ name }) => name);
      expect(rules.map(({ name }) => name).toSorted()).toEqual(names.toSorted());
      expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
    });
  });
});
