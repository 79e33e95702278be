import assert from 'node:assert/strict';
import type { Page } from './chromium.ts';
import { execute } from './operation.ts';

export interface Visit {
  readonly page: Page;
  readonly origin: string;
  readonly account: { readonly identifier: string; readonly password: string };
  /** A page that nobody watches, for what is expected to be refused. */
  readonly newPage: () => Promise<Page>;
}

type Check = (visit: Visit) => Promise<void>;

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
  assert.equal(await dialog.locator('input').count(), 1, 'only the token is asked for');
  await dialog.locator('input').fill(token);
  await dialog.locator('button[type="submit"]').first().click();
  await dialog.locator('button.close-modal').click();
}
