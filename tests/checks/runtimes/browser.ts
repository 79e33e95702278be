import { launchChromium, type Page } from '../../browser/chromium.ts';
import type { startService } from './service.ts';

type Service = Awaited<ReturnType<typeof startService>>;

const tabs = 5;

const source = `
import { bearer, createClient, tokensAcrossTabs } from '@charter/client';
import { scenario } from './scenario.mjs';
const client = createClient({ baseUrl: '/tabs', credentials: bearer(tokensAcrossTabs()) });
globalThis.charter = { client, scenario };
document.querySelector('main').textContent = 'The client is here';`;

/** What such a page holds. */
interface Held {
  charter: {
    client: {
      auth: { login(input: object): Promise<{ ok: boolean }> };
      me: { get(input?: object): Promise<{ ok: boolean; status: number }> };
      with(changes: object): Held['charter']['client'];
      health: { check(): Promise<unknown> };
    };
    scenario(base: string): Promise<string[]>;
  };
}

export async function pagesFor(bundle: (source: string) => Promise<string>) {
  const body =
    '<!doctype html><link rel="icon" href="data:,"><main></main><script type="module" src="/page.js"></script>';
  return {
    '/page': { type: 'text/html', body },
    '/page.js': { type: 'text/javascript', body: await bundle(source) },
  };
}

/** The scenario, and what only a browser has: tabs that share their tokens. */
export async function inBrowser(service: Service, name: string): Promise<string> {
  const browser = await launchChromium();
  try {
    const context = await browser.newContext();
    const page = await opened(await context.newPage(), service.origin);
    const held = await page.evaluate(
      (base) => (globalThis as unknown as Held).charter.scenario(base),
      `${service.origin}/${name}`,
    );
    const others: Page[] = [];
    for (let count = 1; count < tabs; count += 1) {
      others.push(await opened(await context.newPage(), service.origin));
    }
    await shareTokens([page, ...others], service);
    return JSON.stringify([...held, 'tabs share their tokens, and one refreshes for all']);
  } finally {
    await browser.close();
  }
}

async function shareTokens(pages: Page[], service: Service): Promise<void> {
  const [first] = pages as [Page];
  await first.evaluate(() => {
    const { client } = (globalThis as unknown as Held).charter;
    return client.auth.login({ body: { identifier: 'a', password: 'b', delivery: 'tokens' } });
  });
  const called = () =>
    Promise.all(
      pages.map((page) =>
        page.evaluate(async () => {
          const { client } = (globalThis as unknown as Held).charter;
          const answers = await Promise.all([client.me.get(), client.me.get(), client.me.get()]);
          return answers.every(({ ok }) => ok);
        }),
      ),
    );
  const wanted = JSON.stringify(Array(pages.length).fill(true));
  if (JSON.stringify(await called()) !== wanted) throw new Error('A tab has no token');
  for (let round = 1; round <= 20; round += 1) {
    const memory = service.memoryOf('tabs');
    if (memory) memory.access = `ended ${round}`;
    if (JSON.stringify(await called()) !== wanted) throw new Error('A tab has lost its token');
    const refreshes = service.memoryOf('tabs')?.refreshes;
    if (refreshes !== round) throw new Error(`${refreshes} refreshes in ${round} rounds`);
  }
}

async function opened(page: Page, origin: string): Promise<Page> {
  await page.goto(`${origin}/page`);
  await page.locator('main', { hasText: 'The client is here' }).waitFor();
  return page;
}
