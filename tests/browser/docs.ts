import assert from 'node:assert/strict';
import { bearer, createClient, unwrap } from '../../client/index.ts';
import type { Page } from './chromium.ts';
import { execute } from './operation.ts';

export interface Visit {
  readonly page: Page;
  readonly origin: string;
  readonly account: { readonly identifier: string; readonly password: string };
  /** A page that nobody watches, for what is expected to be refused. */
  readonly newPage: () => Promise<Page>;
}

export type Check = (visit: Visit) => Promise<void>;

/** What a person does on the documentation page, in this order. */
export const docsChecks: Record<string, Check> = {
  'the page shows the operations': async ({ page, origin }) => {
    const answer = await page.goto(`${origin}/docs`);
    assert.equal(answer?.status(), 200);
    assert.equal(await page.title(), 'Charter API');
    await page.locator('[id="operations-users-usersList"]').waitFor();
  },

  'a sign-in on the page sets the cookie for the calls that follow': async ({ page, account }) => {
    const login = await execute(page, 'auth-authLogin', { ...account, delivery: 'cookie' });
    assert.equal(login.status, 200);
    const list = await execute(page, 'users-usersList');
    assert.equal(list.status, 200);
    assert.equal(list.requestHeaders['authorization'], undefined);
  },

  'Authorize takes a bearer token': async ({ page, account }) => {
    const login = await execute(page, 'auth-authLogin', { ...account, delivery: 'tokens' });
    await page.context().clearCookies();
    const token = String(login.body['accessToken']);
    await authorize(page, token);
    const list = await execute(page, 'users-usersList');
    assert.equal(list.status, 200);
    assert.equal(list.requestHeaders['authorization'], `Bearer ${token}`);
  },

  'Authorize gets a token for a program': async ({ newPage, origin, account }) => {
    const page = await newPage();
    await page.goto(`${origin}/docs`);
    await page.locator('.auth-wrapper .btn.authorize').first().click();
    const dialog = page.locator('.modal-ux');
    const program = await aProgram(origin, account);
    const form = dialog.locator('.auth-container:has-text("clientCredentials")');
    await form.locator('#client_id_clientCredentials').fill(program.id);
    await form.locator('#client_secret_clientCredentials').fill(program.key);
    await form.locator('label[for^="users:read-"]').click();
    await form.locator('button.authorize').click();
    await form.locator('button:text-is("Logout")').waitFor();
    await dialog.locator('button.close-modal').click();
    const list = await execute(page, 'users-usersList');
    assert.equal(list.status, 200);
    assert.match(list.requestHeaders['authorization'] ?? '', /^Bearer ey/);
    await page.close();
  },

  'no token reaches a storage that outlives the page': async ({ page }) => {
    const kept = await page.evaluate(() => localStorage.length + sessionStorage.length);
    assert.equal(kept, 0);
    assert.equal(await page.evaluate(() => document.cookie), '');
  },

  'a link leads to its operation': async ({ newPage, origin }) => {
    const page = await newPage();
    await page.goto(`${origin}/docs#/users/usersCreate`);
    await page.locator('[id="operations-users-usersCreate"].is-open').waitFor();
    await page.close();
  },

  'an operation shows its sample, and folds its headers away': async ({ newPage, origin }) => {
    const page = await newPage();
    await page.goto(`${origin}/docs#/users/usersGet`);
    const block = page.locator('[id="operations-users-usersGet"]');
    await block.locator('.code-sample').first().waitFor();
    assert.match(
      (await block.locator('.code-sample pre').textContent()) ?? '',
      /client\.users\.get\(/,
    );
    assert.equal(await block.locator('.opblock-section code:text-is("x-codeSamples")').count(), 0);
    const folded = await block.locator('.folded-headers:not([open])').count();
    assert.ok(folded > 5, `${folded} answers fold their headers`);
    assert.equal(await block.locator('.folded-headers[open]').count(), 0);
    await page.close();
  },

  'the page is as dark as the person wants it': async ({ newPage, origin }) => {
    const page = await newPage();
    const session = await page.context().newCDPSession(page);
    const want = (value: string) =>
      session.send('Emulation.setEmulatedMedia', {
        features: [{ name: 'prefers-color-scheme', value }],
      });
    const brightness = () =>
      page.evaluate(() => {
        const [red = ''] = /\d+/.exec(getComputedStyle(document.body).backgroundColor) ?? [];
        return Number(red);
      });
    await want('dark');
    await page.goto(`${origin}/docs`);
    await page.locator('html.dark-mode [id="operations-users-usersList"]').waitFor();
    const dark = await brightness();
    await want('light');
    await page.locator('html:not(.dark-mode)').waitFor();
    const light = await brightness();
    assert.ok(dark < 60 && light > 200, `${dark} is dark, ${light} is light`);
    await page.close();
  },

  'the pages of the problems explain the codes': async ({ page, origin }) => {
    await page.goto(`${origin}/docs/problems`);
    await page.locator('a[href$="/problems/email_taken"]').click();
    await page.locator('h1').waitFor();
    assert.match((await page.locator('main').textContent()) ?? '', /409 Conflict/);
  },

  'an injected script does not run': async ({ newPage, origin }) => {
    const page = await newPage();
    await page.goto(`${origin}/docs`);
    const ran = await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'document.title = "taken over"';
      document.body.append(script);
      return document.title;
    });
    assert.equal(ran, 'Charter API');
    await page.close();
  },
};

async function authorize(page: Page, token: string): Promise<void> {
  await page.locator('.auth-wrapper .btn.authorize').first().click();
  const dialog = page.locator('.modal-ux');
  const asked = await dialog.locator('input:not([type="checkbox"])').count();
  assert.equal(asked, 4, 'a token, a key, or a client and its secret, and no cookie');
  const bearer = dialog.locator('form:has(code:text-is("bearer"))');
  await bearer.locator('input').fill(token);
  await bearer.locator('button[type="submit"]').first().click();
  await dialog.locator('button.close-modal').click();
}

/** A service account of its own, which may read accounts, and a key of it. */
async function aProgram(origin: string, account: Visit['account']) {
  const client = createClient({ baseUrl: origin, credentials: bearer() });
  await unwrap(client.auth.login({ body: { ...account, delivery: 'tokens' } }));
  const body = { name: `docs-${Date.now()}`, roles: ['member'] };
  const { id: serviceAccountId } = await unwrap(client.serviceAccounts.create({ body }));
  const key = { name: 'Docs', scopes: ['users:read' as const] };
  const made = await unwrap(client.serviceAccounts.createKey({ serviceAccountId, body: key }));
  return { id: serviceAccountId, key: made.key };
}
