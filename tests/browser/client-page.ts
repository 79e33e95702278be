// Pages of a frontend that hold nothing but the client: what a test of the browser does there, it
// does through the client's own entry points.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build, type Rolldown } from 'vite';
import type { Client, unwrap } from '../../client/index.ts';
import type { passkeys } from '../../client/passkeys.ts';
import type { Page } from './chromium.ts';

/** What such a page holds. */
declare global {
  var charter: { client: Client; passkeys: typeof passkeys; unwrap: typeof unwrap };
}

/** A page of the service's own origin, in place of the network. */
export async function routeClient(page: Page, address: string): Promise<void> {
  for (const [name, file] of Object.entries(await filesFor(address, ''))) {
    await page.route(name, (route) => route.fulfill(file));
  }
}

/**
 * The page of a frontend on another origin. It has a server, because browsers let no page that came
 * from nowhere ask this machine.
 */
export async function startFrontend(address: string, service: string): Promise<Server> {
  const files = await filesFor(address, service);
  const { port, origin } = new URL(address);
  const server = createServer(({ url = '' }, res) => {
    const file = files[origin + url];
    res.writeHead(file ? 200 : 404, { 'Content-Type': file?.contentType ?? 'text/plain' });
    res.end(file?.body);
  });
  await once(server.listen(Number(port), '127.0.0.1'), 'listening');
  return server;
}

async function filesFor(address: string, service: string) {
  const script = `${address}.js`;
  const body = `<!doctype html><link rel="icon" href="data:,"><script type="module" src="${script}"></script><main></main>`;
  return {
    [address]: { contentType: 'text/html', body },
    [script]: { contentType: 'text/javascript', body: await bundle(service) },
  };
}

/** Until the client is there, whoever led the browser to the page. */
export async function clientIn(page: Page): Promise<void> {
  await page.locator('main', { hasText: 'The client is here' }).waitFor();
}

async function bundle(service: string): Promise<string> {
  const client = fileURLToPath(new URL('../../client', import.meta.url));
  const source = `
    import { cookie, createClient, unwrap } from '${client}/index.ts';
    import { passkeys } from '${client}/passkeys.ts';
    const client = createClient({ baseUrl: '${service}', credentials: cookie() });
    globalThis.charter = { client, passkeys, unwrap };
    document.querySelector('main').textContent = 'The client is here';`;
  const entry = {
    name: 'entry',
    resolveId: (id: string) => (id === 'entry' ? '\0entry' : undefined),
    load: (id: string) => (id === '\0entry' ? source : undefined),
  };
  const result = await build({
    configFile: false,
    logLevel: 'silent',
    plugins: [entry],
    build: { write: false, modulePreload: false, rolldownOptions: { input: 'entry' } },
  });
  return (result as Rolldown.RolldownOutput).output[0].code;
}
