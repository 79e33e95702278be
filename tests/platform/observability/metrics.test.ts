import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../../kit/eventually.ts';
import { raw, requestText } from '../../kit/raw.ts';
import { observed } from './observed.ts';

let service: Awaited<ReturnType<typeof observed>>;

beforeAll(async () => {
  service = await observed();
});
afterAll(() => service.close());

/** What is counted in the series whose name and labels hold all of these. */
async function countOf(...parts: string[]): Promise<number | undefined> {
  const line = (await service.scrape()).find((each) => parts.every((part) => each.includes(part)));
  return line === undefined ? undefined : Number(line.split(' ').at(-1));
}

const duration = 'http_server_request_duration_seconds';

describe('the metrics', () => {
  it('count a request under method, route template and status', async () => {
    await fetch(`${service.url}/cups/one`);
    await fetch(`${service.url}/cups/two`);
    const labels = ['http_route="/cups/:cupId"', 'http_request_method="GET"', 'status_code="200"'];
    await eventually(async () => expect(await countOf(`${duration}_count`, ...labels)).toBe(2));
    expect(await countOf(`${duration}_bucket`, ...labels, 'le="+Inf"')).toBe(2);
    expect(await countOf(`${duration}_sum`, ...labels)).toBeGreaterThan(0);
  });

  it('bear the buckets of the conventions, in seconds', async () => {
    await fetch(`${service.url}/cups/one`);
    const lines = await eventually(async () => {
      const found = (await service.scrape()).filter((line) => line.includes(`${duration}_bucket`));
      expect(found.length).toBeGreaterThan(0);
      return found;
    });
    const bounds = new Set(lines.map((line) => /le="([^"]*)"/.exec(line)?.[1]));
    expect([...bounds].join(' ')).toBe(
      '0.005 0.01 0.025 0.05 0.075 0.1 0.25 0.5 0.75 1 2.5 5 7.5 10 +Inf',
    );
  });

  it('keep failures apart', async () => {
    await fetch(`${service.url}/cups/broken`);
    await eventually(async () =>
      expect(await countOf(`${duration}_count`, 'status_code="500"')).toBe(1),
    );
  });

  it('put all unknown addresses into one series', async () => {
    await fetch(`${service.url}/made-up/one`);
    await fetch(`${service.url}/made-up/two?token=hunter2`);
    await eventually(async () =>
      expect(await countOf(`${duration}_count`, 'http_route="unmatched"')).toBe(2),
    );
    expect((await service.scrape()).join()).not.toMatch(/made-up|hunter2/);
  });

  it('give the unusual methods one name, so that callers cannot add series', async () => {
    await fetch(`${service.url}/nowhere`, { method: 'PROPFIND' });
    await fetch(`${service.url}/nowhere`, { method: 'MKCOL' });
    await eventually(async () =>
      expect(await countOf(`${duration}_count`, 'http_request_method="_OTHER"')).toBe(2),
    );
  });

  it('stay as many, whatever addresses, methods and hosts come', async () => {
    const its = await observed();
    const methods = ['GET', 'POST', 'PROPFIND', 'MKCOL', 'REPORT'];
    const sendOdd = (count: number, word: string) =>
      Promise.all(
        Array.from({ length: count }, (_, at) => {
          const path = `${at % 2 === 0 ? '/cups' : ''}/${word}-${at}`;
          const Host = `${word}-${at}.example`;
          return raw(its.url, requestText(`${methods[at % methods.length]} ${path}`, { Host }));
        }),
      );
    const seriesAfter = (count: number) =>
      eventually(async () => {
        // Of Node's own, some come and go with what it does.
        const lines = (await its.scrape()).filter((line) => !/^(v8js_gc|nodejs_)/.test(line));
        const counts = lines.filter((line) => line.startsWith(`${duration}_count`));
        const sum = counts.reduce((all, line) => all + Number(line.split(' ').at(-1)), 0);
        expect(sum).toBe(count);
        return lines.map((line) => line.slice(0, line.lastIndexOf(' '))).toSorted();
      });
    await sendOdd(10, 'first');
    const before = await seriesAfter(10);
    await sendOdd(200, 'odd');
    expect(await seriesAfter(210)).toEqual(before);
    await its.close();
  });

  it('know how many requests are in flight', async () => {
    const waiting = fetch(`${service.url}/cups/empty`);
    await eventually(async () => expect(await countOf('http_server_active_requests')).toBe(1));
    service.fill();
    await waiting;
    await eventually(async () => expect(await countOf('http_server_active_requests')).toBe(0));
  });

  it('tell how many lines of the log were dropped', async () => {
    expect(await countOf('charter_log_dropped_total')).toBe(3);
  });
});

describe('the metrics endpoint', () => {
  it('answers one address, and one method', async () => {
    const ask = async (path: string, method = 'GET') =>
      (await fetch(service.metricsUrl + path, { method })).status;
    expect(await ask('/metrics')).toBe(200);
    expect(await ask('/metrics?collect=all')).toBe(200);
    expect(await ask('/metrics', 'POST')).toBe(405);
    expect(await ask('/')).toBe(404);
  });

  it.each([
    '127.0.0.1:9464',
    '10.1.2.3',
    '[::1]:9464',
    'localhost:9464',
    'LOCALHOST',
    'charter:9464',
  ])('answers as %s', async (Host) => {
    const { status } = await raw(service.metricsUrl, requestText('GET /metrics', { Host }));
    expect(status).toBe(200);
  });

  it.each([
    'rebound.evil.example:9464',
    'localhost.evil.example',
    'evil-localhost',
    '127.0.0.1.evil.example',
    'evil.example@127.0.0.1',
    '2130706433',
    '[::1].evil.example',
    '',
  ])('refuses any other name: %j', async (Host) => {
    const answer = await raw(service.metricsUrl, requestText('GET /metrics', { Host }));
    expect(answer.status).toBe(421);
    expect(answer.text).not.toContain(duration);
  });

  it('is not found on the port of the service', async () => {
    expect((await fetch(`${service.url}/metrics`)).status).toBe(404);
  });

  it('is apart for each service of a process', async () => {
    const other = await observed();
    expect((await other.scrape()).join('\n')).not.toContain(duration);
    await other.close();
  });
});
