// The client at work on the fetch of other packages: a body goes out, an abort comes through.
import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { createClient } from '@charter/client';
import nodeFetch from 'node-fetch';
import { fetch as undiciFetch } from 'undici';

const server = createServer(async (request, response) => {
  const body = Buffer.concat(await request.toArray()).toString();
  if (request.url === '/api/v1/me') return; // never answered
  response.writeHead(201, { 'content-type': 'application/json' }).end(body);
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const baseUrl = `http://127.0.0.1:${server.address().port}`;

for (const fetch of [globalThis.fetch, undiciFetch, nodeFetch]) {
  const client = createClient({ baseUrl, fetch });
  const created = await client.users.create({ body: { username: 'ada', fullName: undefined } });
  assert.deepEqual(created.body, { username: 'ada' });
  assert.equal(created.headers.get('content-type'), 'application/json');
  const waiting = client.me.get({}, { signal: AbortSignal.timeout(50) });
  await assert.rejects(waiting, { name: 'TimeoutError' });
}
server.closeAllConnections();
server.close();
