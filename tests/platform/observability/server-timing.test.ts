import { afterEach, expect, it } from 'vitest';
import { type ObservedOptions, observed } from './observed.ts';

const services: { close(): Promise<void> }[] = [];
afterEach(() => Promise.all(services.splice(0).map((service) => service.close())));

/** What an answer says of its steps. */
async function timesOf(path: string, options: ObservedOptions, headers = {}) {
  const service = await observed(options);
  services.push(service);
  const answer = await fetch(service.url + path, { headers });
  return answer.headers.get('server-timing');
}

const admitted = /^admit;dur=\d+\.\d, handle;dur=\d+\.\d, total;dur=\d+\.\d$/;
const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

it('an answer says how long its steps took, that of a failure and of a traced call as well', async () => {
  const told = { isTimingTold: true };
  expect(await timesOf('/cups/one', told)).toMatch(admitted);
  expect(await timesOf('/cups/broken', told)).toMatch(admitted);
  expect(await timesOf('/cups/one', told, { traceparent })).toMatch(admitted);
});

it('what comes to no operation has no steps', async () => {
  expect(await timesOf('/elsewhere', { isTimingTold: true })).toMatch(/^total;dur=\d+\.\d$/);
});

it('nothing is told unless somebody wants it', async () => {
  expect(await timesOf('/cups/one', {})).toBeNull();
});
