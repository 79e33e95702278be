import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contract } from '../../contract/index.ts';
import { problemCodes, problems } from '../../contract/kit/problems.ts';
import { docsPage } from '../../server/pages/docs-page.ts';
import { html, prose } from '../../server/platform/html.ts';

const publicUrl = 'https://api.charter.test';

let server: Server;
let origin: string;

beforeAll(async () => {
  // As the real app: it computes no ETags.
  const app = express().disable('etag');
  app.use('/docs', docsPage({ publicUrl, contract }));
  app.use((_req, res) => {
    res.status(404).send('the app answers');
  });
  server = createServer(app);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => new Promise((done) => server.close(done)));

async function get(path: string, headers: Record<string, string> = {}) {
  const answer = await fetch(`${origin}${path}`, { headers });
  return { status: answer.status, headers: answer.headers, text: await answer.text() };
}

/** What a reader sees: tags gone, entities resolved. */
function readable(page: string): string {
  return page
    .replace(/<[^>]+>/g, '')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}

const addresses = (page: string) =>
  [...page.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, address]) => address ?? '');
const files = (page: string) => addresses(page).filter((address) => address.includes('/assets/'));

describe('the page of the operations', () => {
  test('is titled, and tells Swagger UI where the document is', async () => {
    const { text } = await get('/docs');
    expect(text).toContain('<title>Charter API</title>');
    expect(text).toContain('data-document="/api/v1/openapi.json"');
  });

  test('holds no inline script, style or handler', async () => {
    const { text } = await get('/docs');
    expect(text.match(/<script(?![^>]* src=)/)).toBeNull();
    expect(text).not.toMatch(/<style|\sstyle=|\son\w+=|javascript:/);
  });

  test('loads every file from its own origin', async () => {
    const { text } = await get('/docs');
    expect(addresses(text).filter((address) => !address.startsWith('/docs'))).toEqual([]);
    expect(files(text)).toHaveLength(6);
    for (const file of files(text)) expect((await get(file)).status).toBe(200);
  });

  test('starts Swagger UI with cookies, and keeps tokens out of the local storage', async () => {
    const { text } = await get('/docs/assets/operations.js');
    expect(text).toContain('withCredentials: true');
    expect(text).toContain('persistAuthorization: false');
    expect(text).toContain("validatorUrl: 'none'");
  });
});

describe('the files', () => {
  test('are sent packed, the whole page in less than half a megabyte', async () => {
    const { text } = await get('/docs');
    const sent = await Promise.all(
      files(text).map((file) => get(file, { 'Accept-Encoding': 'br' })),
    );
    const sizes = sent.map(({ headers }) => Number(headers.get('content-length')));
    expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(450_000);
  });

  test('are cached, and revalidated by their ETag', async () => {
    const first = await get('/docs/assets/swagger-ui.css');
    const etag = first.headers.get('etag');
    expect(first.headers.get('cache-control')).toBe('public, max-age=3600');
    expect(etag).toBeTruthy();
    // Without a word of our own, fetch asks with `no-cache`, which rules a 304 out.
    const again = await get('/docs/assets/swagger-ui.css', {
      'if-none-match': etag ?? '',
      'cache-control': 'max-age=0',
    });
    expect(again.status).toBe(304);
  });

  test.each(['package.json', 'swagger-initializer.js', '..%2Fdocs-page.ts', '__proto__'])(
    'are a closed list without %s',
    async (file) => {
      const { status, text } = await get(`/docs/assets/${file}`);
      expect({ status, text }).toEqual({ status: 404, text: 'the app answers' });
    },
  );
});

describe('the pages of the problems', () => {
  test.each(problemCodes)('explain %s', async (code) => {
    const { status, headers, text } = await get(`/docs/problems/${code}`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    const words = readable(text);
    expect(words).toContain(String(problems[code].status));
    expect(words).toContain(problems[code].title);
    expect(words).toContain(problems[code].prose.replaceAll('`', ''));
    expect(words).toContain(`: "${publicUrl}/docs/problems/${code}"`);
  });

  test('link the operations that answer the code', async () => {
    const { text } = await get('/docs/problems/last_administrator');
    expect(text).toContain('href="/docs#/users/usersUpdate"');
    expect(text).not.toContain('usersCreate');
  });

  test('say where every operation, or none, answers the code', async () => {
    expect((await get('/docs/problems/internal_error')).text).toContain('All of them.');
    expect((await get('/docs/problems/method_not_allowed')).text).toContain('None: the server');
  });

  test('are listed on one page', async () => {
    const { text } = await get('/docs/problems');
    for (const code of problemCodes) expect(text).toContain(`href="/docs/problems/${code}"`);
  });

  test('write addresses as the document does', async () => {
    const { text } = await get('/docs/problems/last_administrator');
    expect(text).toContain('<code>PATCH /api/v1/users/{userId}</code>');
  });

  test.each(['no_such_code', 'toString', '__proto__', '%3Cscript%3E'])(
    'leave the unknown code %s to the app',
    async (code) => {
      const { status, text } = await get(`/docs/problems/${code}`);
      expect({ status, text }).toEqual({ status: 404, text: 'the app answers' });
    },
  );
});

describe('html', () => {
  test('escapes every value that is no markup', () => {
    const value = `<img src=x onerror="alert('1')">&`;
    expect(html`<p title="${value}">${value}</p>`.markup).toBe(
      '<p title="&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;">' +
        '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;</p>',
    );
  });

  test('keeps markup as it is, and lists of it without a separator', () => {
    expect(html`<ul>${[html`<li>${1}</li>`, html`<li>${2}</li>`]}</ul>`.markup).toBe(
      '<ul><li>1</li><li>2</li></ul>',
    );
  });

  test('writes the words between backticks as code', () => {
    expect(html`${prose('Send `<Allow>` back')}`.markup).toBe(
      'Send <code>&lt;Allow&gt;</code> back',
    );
  });
});
