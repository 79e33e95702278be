import { afterEach, expect, it, vi } from 'vitest';
import { meSetAvatar } from '../../client/generated/me.ts';
import { standIn } from './stand-in.ts';

const body = { file: new Blob(['picture']) };
const headers = { 'Content-Type': 'application/json', 'x-tenant': 'acme' };

afterEach(() => vi.unstubAllGlobals());

it.each([
  ['as fetch takes it', {}],
  ['counted', { onProgress: () => {} }],
])('says what is between the parts, whatever type a connection gives: %s', async (_, options) => {
  const service = await standIn(() => ({ status: 204 }));
  await meSetAvatar({ ...service, headers }, { body }, options).catch(() => {});
  const [request] = service.requests;
  expect(request?.headers['content-type']).toMatch(/^multipart\/form-data; boundary=/);
  expect(request?.headers['x-tenant']).toBe('acme');
  expect(request?.body).toContain('picture');
});

/** A browser's, after a request of which it shows these headers. */
function browserShowing(lines: string) {
  const set: Record<string, string> = {};
  class Shown {
    status = 502;
    responseText = '';
    upload = {};
    onload?: () => void;
    open() {}
    abort() {}
    setRequestHeader(name: string, value: string) {
      set[name] = value;
    }
    getAllResponseHeaders = () => lines;
    send() {
      this.onload?.();
    }
  }
  vi.stubGlobal('XMLHttpRequest', Shown);
  return set;
}

it.each([
  ['none', '', undefined],
  ['an empty one', 'x-a: \r\nx-request-id: r-1\r\n', 'r-1'],
  ['an empty one at last', 'x-request-id: r-2\r\nx-a:\r\n', 'r-2'],
])('ends where a browser shows headers: %s', async (_, lines, requestId) => {
  const set = browserShowing(lines);
  const sent = meSetAvatar({ baseUrl: '', headers }, { body }, { onProgress: () => {} });
  await expect(sent).rejects.toMatchObject({ name: 'AnswerError', status: 502, requestId });
  expect(set).toEqual({ 'x-tenant': 'acme' });
});
