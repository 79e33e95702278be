import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { closeServer, createHttpServer } from '../../server/http/server.ts';
import { createLog } from '../../server/platform/observability/log.ts';
import { publicUrl, testConfig, useApp } from '../kit/app.ts';
import { raw, requestText } from '../kit/raw.ts';

const app = useApp();
const liveness = '/api/v1/health/liveness';
const login = 'POST /api/v1/auth/login';

describe('bytes that are no request', () => {
  it.each([
    ['a greeting', 'hello\r\n\r\n'],
    ['a TLS handshake', '\x16\x03\x01\x02\x00\x01\x00'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['no host', `GET ${liveness} HTTP/1.1\r\nConnection: close\r\n\r\n`],
    ['two hosts', requestText(`GET ${liveness}`, { host: 'elsewhere.example' })],
    ['a length that is no number', requestText(login, { 'Content-Length': 'ten' })],
    ['two lengths', requestText(login, { 'Content-Length': '1', 'content-length': '2' }, 'ab')],
    [
      'a length and chunks',
      requestText(login, { 'Content-Length': '5', 'Transfer-Encoding': 'chunked' }, '0\r\n\r\n'),
    ],
    ['an encoding that nobody knows', requestText(login, { 'Transfer-Encoding': 'gzip' })],
    ['NUL in a header', requestText(`GET ${liveness}`, { 'X-Any': 'a\0b' })],
    ['a folded header', requestText(`GET ${liveness}`, { 'X-Any': 'a\r\n b' })],
    ['a space before the colon', requestText(`GET ${liveness}`, { 'X-Any ': 'a' })],
  ])('are a problem: %s', async (_name, bytes) => {
    const answer = await raw(app.url, Buffer.from(bytes, 'latin1'));
    expect(answer.json).toMatchObject({
      type: `${publicUrl}/docs/problems/malformed_request`,
      status: 400,
      code: 'malformed_request',
      requestId: answer.headers['x-request-id'],
    });
    expect(answer.headers).toMatchObject({
      'content-type': 'application/problem+json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      connection: 'close',
    });
  });

  it('leave a line in the log under the id of the answer', async () => {
    const { headers } = await raw(app.url, 'hello\r\n\r\n');
    const line = app.logs.find(({ requestId }) => requestId === headers['x-request-id']);
    expect(line).toMatchObject({ status: 400, code: 'malformed_request' });
  });
});

describe('headers beyond measure', () => {
  it.each([
    ['one huge header', requestText(`GET ${liveness}`, { Cookie: 'a'.repeat(20_000) })],
    ['a huge address', requestText(`GET /${'a'.repeat(20_000)}`)],
    ['a host of headers', requestText(`GET ${liveness}`, manyHeaders(3_000))],
  ])('are a problem: %s', async (_name, bytes) => {
    const answer = await raw(app.url, bytes);
    expect(answer.json).toMatchObject({ status: 431, code: 'headers_too_large' });
  });
});

describe('what is odd but allowed', () => {
  it.each([
    ['HTTP/1.0', `GET ${liveness} HTTP/1.0\r\n\r\n`],
    ['an unknown expectation', requestText(`GET ${liveness}`, { Expect: 'a-miracle' })],
    ['an upgrade that nobody offers', requestText(`GET ${liveness}`, { Upgrade: 'websocket' })],
    ['a full address', requestText(`GET http://elsewhere.example${liveness}`)],
  ])('is answered: %s', async (_name, bytes) => {
    expect((await raw(app.url, bytes)).json).toEqual({ status: 'alive' });
  });

  it('sends its body after being asked to', async () => {
    const headers = { 'Content-Type': 'application/json', 'Content-Length': '2' };
    const { text } = await raw(
      app.url,
      requestText(login, { ...headers, Expect: '100-continue' }, '{}'),
    );
    expect(text).toContain('HTTP/1.1 422');
  });
});

describe('a caller that is slow', () => {
  it.each([
    ['headers', 'GET / HTTP/1.1\r\nHost:'],
    ['body', 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{'],
  ])('is cut off over the %s', async (_part, bytes) => {
    const { server, url } = await impatientServer();
    const answer = await raw(url, bytes);
    server.close();
    expect(answer.json).toMatchObject({ status: 408, code: 'request_timeout' });
    expect(answer.headers).toHaveProperty('content-security-policy');
    expect(answer.headers).toHaveProperty('strict-transport-security');
  });

  it('cannot hold up a service that stops', async () => {
    const { server, url } = await impatientServer();
    const asked = once(server, 'request');
    const answer = raw(url, 'POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{');
    await asked;
    await closeServer(server);
    await answer;
    expect(server.listening).toBe(false);
  });

  it('that goes away in the middle leaves the service well', async () => {
    const { hostname, port } = new URL(app.url);
    const socket = connect(Number(port), hostname);
    await once(socket, 'connect');
    socket.write(requestText(login, { 'Content-Length': '10' }, '{'), () =>
      socket.resetAndDestroy(),
    );
    await once(socket, 'close');
    expect((await app.request(liveness)).status).toBe(200);
  });
});

/** A server that answers nothing and waits for nobody. */
async function impatientServer() {
  const config = testConfig('postgres://unused', { PUBLIC_URL: 'https://charter.test' });
  const http = { ...config.http, requestTimeoutSeconds: 0.05 };
  const server = createHttpServer((req) => req.resume(), {
    config: { ...config, http },
    log: createLog({ level: 'silent' }),
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}` };
}

function manyHeaders(count: number): Record<string, string> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`X-${index}`, 'a']));
}
